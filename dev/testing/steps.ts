import { join } from "node:path";
import { runCommand } from "../launch/command";
import { repositoryRoot } from "../launch/paths";
import { countPlaywright, countVitest, type Count } from "./counts";

/** One step of a test run. */
export interface Step {
  /** Used by `--only` and shown. */
  readonly name: string;
  run(): Promise<StepResult>;
}

/** What a step found; the output is shown when something failed. */
export interface StepResult extends Count {
  readonly output: string;
}

const npm = process.platform === "win32" ? "npm.cmd" : "npm";

/** A step that is one npm script and counts as one test. */
export function scriptStep(name: string, script: string, args: readonly string[] = []): Step {
  return {
    name,
    async run() {
      const { ok, output } = await runCommand(npm, ["run", "--silent", script, "--", ...args], process.env);
      return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, output };
    },
  };
}

/** Runs one project of the Vitest configuration. */
export async function runVitest(
  project: string,
  reportFile: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<StepResult> {
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${reportFile}`];
  const args = [programFile("vitest/vitest.mjs"), "run", `--project=${project}`, ...reporters];
  const { ok, output } = await runCommand(process.execPath, args, { ...env, NO_COLOR: "1" });
  return { ...countVitest(reportFile, ok), output };
}

/** Runs all Playwright projects, or those files and tests that the arguments choose. */
export async function runPlaywright(reportFile: string, extra: readonly string[]): Promise<StepResult> {
  // What a whole run saw is compared with docs/conformance.md.
  const reporters = ["line", "json", ...(extra.length === 0 ? ["./e2e/conformance/check.ts"] : [])];
  const args = [
    programFile("@playwright/test/cli.js"),
    "test",
    `--reporter=${reporters.join(",")}`,
    ...extra,
  ];
  const env = {
    ...process.env,
    PLAYWRIGHT_JSON_OUTPUT_FILE: reportFile,
    NO_COLOR: "1",
    FORCE_COLOR: undefined,
  };
  const { ok, output } = await runCommand(process.execPath, args, env);
  return { ...countPlaywright(reportFile, ok), output };
}

function programFile(path: string): string {
  return join(repositoryRoot, "node_modules", path);
}
