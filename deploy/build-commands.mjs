// Makes each command that the image has one file, so that the image needs neither TypeScript nor the sources:
// node deploy/build-commands.mjs [folder]
import { build } from "esbuild";

const commands = {
  migrate: "db/migrate.ts",
  doctor: "lib/domain/doctor/doctor.command.ts",
  maintain: "lib/domain/housekeeping/run-tasks.command.ts",
  "admin-grant": "lib/domain/access/grant-administrator.command.ts",
  "audit-verify": "lib/domain/audit/verify-chain.command.ts",
  "accounts-purge": "lib/domain/housekeeping/clean-up.command.ts",
  "keys-rotate": "lib/domain/issuer/rotate-signing-keys.command.ts",
  "tokens-rotate": "lib/domain/tokens/reseal-tokens.command.ts",
};

await build({
  entryPoints: commands,
  outdir: process.argv[2] ?? ".next/commands",
  outExtension: { ".js": ".mjs" },
  bundle: true,
  splitting: true,
  chunkNames: "shared-[hash]",
  format: "esm",
  platform: "node",
  target: "node20",
  conditions: ["react-server"],
  tsconfig: "tsconfig.json",
  // These load files of their own at run time; the standalone output brings them.
  external: ["piscina", "@node-rs/argon2", "pino", "sharp", "@opentelemetry/*"],
  // Packages in CommonJS ask for Node's modules by require.
  banner: { js: 'import { createRequire as r } from "node:module"; const require = r(import.meta.url);' },
  logLevel: "warning",
});
