import { appendFileSync, cpSync, existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { runCommand } from "../launch/command";
import { minimalEnvironment } from "../launch/minimal-environment";
import { nextCommand, repositoryRoot } from "../launch/paths";
import { PlainError } from "../launch/plain-error";

/** What a build of the product reads. */
const sources = [
  ...["app", "components", "lib", "db", "public"],
  ...["middleware.ts", "instrumentation.ts", "next.config.ts", "postcss.config.mjs"],
  ...["tsconfig.json", "tsconfig.build.json", "package.json"],
];

/** Copies the product into a folder, which lies in the repository, so that its packages are found. */
export function copyProduct(folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const source of sources) {
    const from = join(repositoryRoot, source);
    if (existsSync(from)) cpSync(from, join(folder, source), { recursive: true });
  }
  // The product's own build has checked the types.
  appendFileSync(
    join(folder, "next.config.ts"),
    "\nconfig.typescript = { ...config.typescript, ignoreBuildErrors: true };\n",
  );
}

/** Builds what is in such a folder for production. Throws a PlainError with the build's output when it fails. */
export async function buildCopy(folder: string, env: Readonly<Record<string, string>> = {}): Promise<void> {
  const settings = { NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" } as const;
  const { ok, output } = await runCommand(process.execPath, [nextCommand(), "build", folder], {
    ...minimalEnvironment(),
    ...settings,
    ...env,
  });
  if (!ok) throw new PlainError(`What is in ${folder} does not build.\n${output}`);
}
