import { readdirSync, readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { progressTo } from "../../dev/launch/progress";
import { Setting } from "../setting";
import { median, quantile } from "../tools/statistics";
import { paced } from "../tools/stream";
import { requestsTo } from "./requests";
import { slope } from "./slope";

// npm run bench:soak [-- --minutes=30 --rate=20]: a mixed load for a long time; prints how memory, file descriptors and
// tables grow, and ends with 1 when something grows that should not.

/** Each sign-in adds to these until the hourly cleaning or the time that is configured. */
const growing = new Set(["sessions", "audit_events", "audit_chain", "audit_checkpoints", "rate_limits"]);
const sampleSeconds = 10;

interface Sample {
  readonly minutes: number;
  readonly memory: number;
  readonly files: number;
}

const { values } = parseArgs({
  options: { minutes: { type: "string", default: "30" }, rate: { type: "string", default: "20" } },
});
const [minutes, rate] = [Number(values.minutes), Number(values.rate)];
const setting = await Setting.open(progressTo(process.stderr));
for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.once(signal, () => void setting.stop().finally(() => process.exit(130)));
let good = false;
try {
  const app = await setting.product();
  const requests = await requestsTo(setting, [app]);
  const mixed = (index: number) => {
    if (index % 10 === 0) return requests["sign-in"](index / 10);
    return requests[index % 2 === 0 ? "API call" : "signed-in page"](index);
  };
  await paced(mixed, rate, 20);
  const tablesBefore = await rowsOfTables();
  const samples: Sample[] = [];
  const began = performance.now();
  const sample = () => {
    const pid = app.part.pid ?? 0;
    samples.push({
      minutes: (performance.now() - began) / 60_000,
      memory: residentMegabytes(pid),
      files: openFiles(pid),
    });
  };
  const timer = setInterval(sample, sampleSeconds * 1_000);
  const latencies = await paced((index) => mixed(index).catch(() => Infinity), rate, minutes * 60);
  clearInterval(timer);
  sample();
  good = report(samples, tablesBefore, await rowsOfTables(), latencies);
} finally {
  await setting.stop();
}
process.exit(good ? 0 : 1);

function report(
  samples: readonly Sample[],
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
  latencies: readonly number[],
): boolean {
  const at = (part: number) => quantile(latencies, part).toFixed(0);
  const late = samples.slice(Math.floor(samples.length / 3));
  const line = (name: "memory" | "files", unit: string) => {
    const points = late.map((sample) => [sample.minutes, sample[name]] as const);
    const perHour = slope(points) * 60;
    const level = median(points.map(([, value]) => value));
    console.log(`${name}: ${level.toFixed(0)} ${unit}, slope ${perHour.toFixed(1)} ${unit} an hour`);
    return { perHour, level };
  };
  console.log(
    `\n${String(latencies.length)} requests in ${String(minutes)} minutes, the first third of the samples left out:`,
  );
  const failed = latencies.filter((latency) => latency === Infinity).length;
  console.log(`failed: ${String(failed)}; p50 ${at(0.5)} ms, p99 ${at(0.99)} ms`);
  line("memory", "MB");
  const files = line("files", "descriptors");
  const wrong = failed > 0 ? [`${String(failed)} requests failed`] : [];
  for (const [table, rows] of after) {
    const grown = rows - (before.get(table) ?? 0);
    if (grown === 0) continue;
    console.log(`rows of ${table}: ${String(grown)} more`);
    if (grown > 0 && !growing.has(table)) wrong.push(`${table} grows`);
  }
  if (files.perHour > files.level) wrong.push("file descriptors would double within an hour");
  for (const sentence of wrong) console.log(`NOT AS EXPECTED: ${sentence}`);
  return wrong.length === 0;
}

async function rowsOfTables(): Promise<ReadonlyMap<string, number>> {
  const { sql } = setting;
  const tables = await sql<{ name: string }[]>`
    select table_name as name from information_schema.tables where table_schema = 'public' order by 1`;
  const counts = new Map<string, number>();
  for (const { name } of tables) {
    const [row] = await sql<{ rows: number }[]>`select count(*)::int as rows from ${sql(name)}`;
    counts.set(name, row?.rows ?? 0);
  }
  return counts;
}

function residentMegabytes(pid: number): number {
  const status = readFileSync(`/proc/${String(pid)}/status`, "utf8");
  return Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1]) / 1024;
}

function openFiles(pid: number): number {
  return readdirSync(`/proc/${String(pid)}/fd`).length;
}
