import { withFilled, type Asker } from "./asker";
import { sessionCheck } from "./orders";
import { figure, table, type Row } from "../report";
import { givenAmounts, type Amounts } from "../seed/fill";
import { quantile } from "../tools/statistics";

// npm run bench:size: makes two databases, fills one as bench:seed does and the other with hardly anything, and prints how
// long the pages of administration and the check of a session wait for each. See docs/performance.md.

const few: Amounts = { people: 100, sessions: 100, audit: 100 };
/** The first one warms up and is not counted. */
const rounds = { ofPages: 3, ofSessions: 20 };
/** What one question may take, milliseconds in 95 of 100 cases. */
const limit = 100;

async function compare(large: Asker, small: Asker): Promise<Row[]> {
  const rows: Row[] = [];
  const { names = [] } = await timed("chain and figures", () => large({ ready: amounts }));
  await small({ ready: few });
  for (const name of names) {
    const isSession = name === sessionCheck;
    const [ours, baseline]: [number[], number[]] = [[], []];
    for (let round = 0; round <= (isSession ? rounds.ofSessions : rounds.ofPages); round += 1) {
      const [one, other] = [(await large({ ask: name })).times, (await small({ ask: name })).times];
      if (round === 0) continue;
      ours.push(...(one ?? []));
      baseline.push(...(other ?? []));
    }
    const part = isSession ? 0.5 : 0.95;
    const [one, other] = [quantile(ours, part), quantile(baseline, part)];
    rows.push({
      name: `${name}, ${isSession ? "median" : "p95"} (ms)`,
      ours: figure(one),
      baseline: figure(other),
      ratio: isSession ? one / other : null,
      target: isSession ? "≤ 1.1" : `≤ ${String(limit)} ms`,
    });
    console.error(`${name}: ${figure(one)}`);
  }
  return [...rows, ...(await exportRows(large))];
}

async function exportRows(large: Asker): Promise<Row[]> {
  const { exported } = await timed("the audit log is exported", () => large({ export: "csv" }));
  if (exported === undefined) throw new Error("Nothing was exported.");
  const { megabytes, seconds, memory } = exported;
  return [
    {
      name: "audit log exported as CSV, megabytes a second",
      ours: figure(megabytes / seconds),
      baseline: "",
      ratio: null,
      target: "",
    },
    {
      name: "  memory of the process, most against most in the first tenth (MB)",
      ours: figure(memory.most),
      baseline: figure(memory.first),
      ratio: memory.most / memory.first,
      target: "constant",
    },
  ];
}

async function timed<T>(what: string, work: () => Promise<T>): Promise<T> {
  const from = performance.now();
  const value = await work();
  console.error(`${what}: ${((performance.now() - from) / 1000).toFixed(1)} s`);
  return value;
}

const amounts = givenAmounts();
console.log(
  `\n${table(await withFilled(few, (small) => withFilled(amounts, (large) => compare(large, small))))}`,
);
