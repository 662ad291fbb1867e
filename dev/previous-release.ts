import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCommand } from "./launch/command";
import { repositoryRoot } from "./launch/paths";
import { describe, PlainError } from "./launch/plain-error";
import { withTestDatabase } from "./testing/database";

// npm run test:previous -- <ref> [files]: runs the database tests of an earlier version on a database with the migrations of this
// one, as during a rolling restart. A migration that the version before cannot live with fails here.

const npm = process.platform === "win32" ? "npm.cmd" : "npm";

/** Runs a program; throws its output when it fails. */
async function must(program: string, args: readonly string[]): Promise<void> {
  const { ok, output } = await runCommand(program, args, process.env);
  if (!ok) throw new PlainError(`${program} ${args.join(" ")} failed.\n${output}`);
}

async function installPackages(folder: string): Promise<void> {
  const lockfile = (root: string) => readFileSync(join(root, "package-lock.json"), "utf8");
  if (lockfile(folder) === lockfile(repositoryRoot))
    symlinkSync(join(repositoryRoot, "node_modules"), join(folder, "node_modules"), "dir");
  else await must(npm, ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", folder]);
}

async function main([ref, ...files]: readonly string[]): Promise<void> {
  if (ref === undefined)
    throw new PlainError("Which version? npm run test:previous -- <tag, branch or commit> [test files]");
  const folder = mkdtempSync(join(tmpdir(), "gatehouse-previous-"));
  const previous = join(folder, "previous");
  try {
    await must("git", ["worktree", "add", "--detach", previous, ref]);
    await installPackages(previous);
    await withTestDatabase(join(folder, "state"), async (env) => {
      const args = [join(previous, "node_modules/vitest/vitest.mjs"), "run", "--project=db", ...files];
      const { status } = spawnSync(process.execPath, args, {
        cwd: previous,
        env: { ...process.env, ...env },
        stdio: "inherit",
      });
      process.exitCode = status ?? 1;
      return Promise.resolve();
    });
  } finally {
    await must("git", ["worktree", "remove", "--force", previous]).catch(() => undefined);
    rmSync(folder, { recursive: true, force: true });
  }
}

await main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(describe(error));
  process.exitCode = 1;
});
