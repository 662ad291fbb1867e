import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { repositoryRoot } from "../launch/paths";

/** Everything that a build reads. */
const sources = [
  ...["app", "components", "lib", "db", "public"],
  ...[
    "middleware.ts",
    "instrumentation.ts",
    "next.config.ts",
    "postcss.config.mjs",
    "tsconfig.json",
    "tsconfig.build.json",
  ],
  "package-lock.json",
];

/** Changes whenever a build of these sources with this Node could turn out differently. Takes tens of milliseconds. */
export function sourceFingerprint(): string {
  const hash = createHash("sha256").update(process.version).update(process.platform);
  for (const source of sources) addTo(hash, source);
  for (const [name, value] of Object.entries(process.env).sort()) {
    if (name.startsWith("NEXT_PUBLIC_") || name === "BASE_PATH") hash.update(`${name}=${value ?? ""}\n`);
  }
  return hash.digest("hex");
}

function addTo(hash: ReturnType<typeof createHash>, path: string): void {
  const full = join(repositoryRoot, path);
  if (!existsSync(full)) return;
  if (statSync(full).isDirectory()) {
    for (const name of readdirSync(full).sort()) addTo(hash, `${path}/${name}`);
  } else if (!/\.test\.tsx?$/.test(path)) {
    hash.update(`${path}\n`).update(readFileSync(full));
  }
}
