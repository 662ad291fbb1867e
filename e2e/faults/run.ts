import { spawn, type ChildProcess } from "node:child_process";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { describe, PlainError } from "../../dev/launch/plain-error";
import { progressTo } from "../../dev/launch/progress";
import { repositoryRoot } from "../../dev/launch/paths";
import { faults } from "./all";
import type { Fault, Outcome } from "./support/fault";
import { findProgram, type Program } from "./support/programs";
import { openSetting, type Setting } from "./support/setting";
import { printOutcomes, type Line } from "./support/table";

// npm run faults -- [--full] [fault …]: breaks one thing after the other under load. See docs/operations.md.
// npm run faults -- suite [Playwright's arguments]: end-to-end tests through nginx, two instances and PgBouncer.

const progress = progressTo(process.stderr);
let opening: Promise<Setting> | undefined;
let ending: Promise<never> | undefined;
let playwright: ChildProcess | undefined;

function end(code: number): Promise<never> {
  ending ??= (async () => {
    await (await opening?.catch(() => undefined))?.close();
    process.exit(code);
  })();
  return ending;
}

function chosen(names: readonly string[]): readonly Fault[] {
  const known = faults.map(({ name }) => name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new PlainError(`There is no fault "${unknown}". They are: ${known.join(", ")}.`);
  return names.length === 0 ? faults : faults.filter(({ name }) => names.includes(name));
}

function refuseWithoutPrograms(): void {
  const needed: readonly Program[] = ["nginx", "pgbouncer"];
  const absent = needed.filter((name) => findProgram(name) === undefined);
  if (absent.length > 0)
    throw new PlainError(
      `Nothing was run: ${absent.join(" and ")} not installed (apt-get install ${absent.join(" ")}).`,
    );
}

function suite(rest: readonly string[]): Promise<number> {
  const command = join(repositoryRoot, "node_modules/@playwright/test/cli.js");
  const child = (playwright = spawn(process.execPath, [command, "test", ...rest], {
    cwd: repositoryRoot,
    env: { ...process.env, GATEHOUSE_E2E_FRONT: "true" },
    stdio: "inherit",
  }));
  return new Promise((resolve) =>
    child.once("exit", (code) => {
      resolve(code ?? 1);
    }),
  );
}

async function tryOut(fault: Fault, full: boolean): Promise<Line> {
  const run = async (): Promise<Outcome> =>
    "run" in fault ? fault.run(await (opening ??= openSetting({ full }))) : fault.runAlone({ full });
  try {
    return { fault, outcome: await progress(fault.name, run) };
  } catch (error) {
    return { fault, failure: describe(error) };
  }
}

async function main(): Promise<number> {
  const [first, ...rest] = process.argv.slice(2);
  refuseWithoutPrograms();
  if (first === "suite") return suite(rest);
  const { values, positionals } = parseArgs({
    options: { full: { type: "boolean", default: false } },
    allowPositionals: true,
  });
  const lines: Line[] = [];
  for (const fault of chosen(positionals)) if (!ending) lines.push(await tryOut(fault, values.full));
  return printOutcomes(lines) ? 0 : 1;
}

for (const [signal, code] of Object.entries({ SIGINT: 130, SIGTERM: 143, SIGHUP: 129 }))
  process.on(signal, () => {
    if (ending) process.exit(code);
    // It ends its world and then itself; at Ctrl-C it heard of it already.
    if (playwright) playwright.kill("SIGTERM");
    else void end(code);
  });
await main().then(end, (error: unknown) => {
  console.error(describe(error));
  return end(1);
});
