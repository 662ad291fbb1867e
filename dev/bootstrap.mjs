import { spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

// Runs on a fresh clone: nothing but Node itself may be imported here.

const root = join(dirname(fileURLToPath(import.meta.url)), "..");

/** Makes sure of Node and of the installed packages; ends the process with one sentence when it cannot. */
export function bootstrap() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    console.error(`Node 20.19 or later is needed; this is ${process.versions.node}.`);
    process.exit(1);
  }
  process.chdir(root);
  if (areInstalled()) return;
  const start = Date.now();
  console.log("… Installing packages with npm ci (this takes up to a minute, once)");
  const npm = process.env.npm_execpath;
  const [program, args] = npm?.endsWith(".js") ? [process.execPath, [npm, "ci"]] : ["npm", ["ci"]];
  const { status, stderr, error } = spawnSync(program, [...args, "--no-audit", "--no-fund"], {
    stdio: ["ignore", "ignore", "pipe"],
    encoding: "utf8",
    shell: process.platform === "win32",
  });
  if (status !== 0) {
    console.error(`npm ci failed:\n${stderr || String(error)}`);
    process.exit(1);
  }
  console.log(`✓ Installed packages (${((Date.now() - start) / 1000).toFixed(1)} s)`);
}

/** Lets this process run the TypeScript files that follow. */
export async function runTypescript(file) {
  const { register } = await import("tsx/esm/api");
  register();
  await import(file);
}

function areInstalled() {
  // npm writes this file last, so a broken installation does not have it.
  const installed = join(root, "node_modules/.package-lock.json");
  if (!existsSync(installed)) return false;
  return statSync(installed).mtimeMs >= statSync(join(root, "package-lock.json")).mtimeMs - 1000;
}
