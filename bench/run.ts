import { availableParallelism, loadavg } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { describe, PlainError } from "../dev/launch/plain-error";
import { progressTo } from "../dev/launch/progress";
import { parts } from "./parts";
import { table, type Row } from "./report";
import { Setting } from "./setting";

// npm run bench -- [part …]: measures the parts named, or all of them, and prints one table. See docs/performance.md.

const progress = progressTo(process.stderr);
let opening: Promise<Setting | undefined> = Promise.resolve(undefined);
let ending: Promise<never> | undefined;

/** Stops what was started and ends the process. A second interrupt does not wait. */
function end(code: number): Promise<never> {
  ending ??= (async () => {
    try {
      await (await Promise.race([opening, sleep(10_000, undefined)]))?.stop();
    } catch (error) {
      console.error(describe(error));
      code ||= 1;
    }
    process.exit(code);
  })();
  return ending;
}

function watchSignals(): void {
  for (const [signal, code] of Object.entries({ SIGINT: 130, SIGTERM: 143, SIGHUP: 129 })) {
    process.on(signal, () => {
      if (ending) process.exit(code);
      console.error("\nStopping.");
      void end(code);
    });
  }
}

function chosenParts(): (keyof typeof parts)[] {
  const { positionals } = parseArgs({ allowPositionals: true });
  const known = Object.keys(parts) as (keyof typeof parts)[];
  const unknown = positionals.find((name) => !(name in parts));
  if (unknown !== undefined)
    throw new PlainError(`There is no part "${unknown}". The parts are: ${known.join(", ")}.`);
  return positionals.length === 0 ? known : known.filter((name) => positionals.includes(name));
}

/** What the figures depend on; a machine that was busy with other things makes them doubtful. */
function machine(busy: number): string {
  const cores = availableParallelism();
  return `Node.js ${process.versions.node}, ${process.platform}, ${String(cores)} processors. Load average before the start: ${busy.toFixed(1)}.`;
}

async function run(): Promise<void> {
  const names = chosenParts();
  const [busyAtStart = NaN] = loadavg();
  opening = Setting.open(progress);
  const setting = await opening;
  if (setting === undefined) return;
  const rows: Row[] = [];
  for (const name of names) {
    const { title, measure } = parts[name];
    // What a part needs is built and started before its own clock runs.
    rows.push(...(await measure(setting, (work) => progress(title, work))));
  }
  if (!ending) console.log(`\n${table(rows)}\n\n${machine(busyAtStart)}`);
}

watchSignals();
await run().then(
  () => end(0),
  (error: unknown) => {
    if (!ending) console.error(describe(error));
    return end(1);
  },
);
