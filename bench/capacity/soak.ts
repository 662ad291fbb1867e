import { readdirSync, readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { progressTo } from "../../dev/launch/progress";
import { figure } from "../report";
import { Setting } from "../setting";
import { median, quantile } from "../tools/statistics";
import { paced } from "../tools/stream";
import { requestsTo } from "./requests";
import { slope } from "./slope";

// npm run bench:soak [-- --minutes=30 --rate=20]: a mixed load for a long time; prints how memory, file descriptors and
// tables grow, and ends with 1 when something grows that should not, or a request fails.

/** Each sign-in adds to these until the hourly cleaning or the time that is configured. */
const growing = ["sessions", "audit_events", "audit_chain", "audit_seals", "rate_limits"];
/** These get a few rows once: for each hour and kind of event, and for each task. */
const bounded = ["hourly_figures", "task_runs"];
const sampleSeconds = 10;

interface Extent {
  readonly rows: number;
  /** With indexes, and with what a vacuum has yet to free. */
  readonly kilobytes: number;
}

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
  const failures = new Map<string, number>();
  const request = (index: number) => {
    if (index % 10 === 0) return requests["sign-in"](index / 10);
    return requests[index % 2 === 0 ? "API call" : "signed-in page"](index);
  };
  // One that fails is counted and does not end the others.
  const mixed = (index: number) =>
    request(index).catch((error: unknown) => {
      const what = error instanceof Error ? error.message : String(error);
      failures.set(what, (failures.get(what) ?? 0) + 1);
      return performance.now();
    });
  await paced(mixed, rate, 20);
  const tablesBefore = await extentOfTables();
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
  const latencies = await paced(mixed, rate, minutes * 60);
  clearInterval(timer);
  sample();
  console.log(
    `\n${String(latencies.length)} requests in ${String(minutes)} minutes, p50 ${figure(median(latencies), "ms")}, p99 ${figure(quantile(latencies, 0.99), "ms")}`,
  );
  const wrong = [
    ...[...failures].map(([what, times]) => `${String(times)} × ${what}`),
    ...reportProcess(samples),
    ...reportTables(tablesBefore, await extentOfTables()),
  ];
  for (const sentence of wrong) console.log(`NOT AS EXPECTED: ${sentence}`);
  good = wrong.length === 0;
} finally {
  await setting.stop();
}
process.exit(good ? 0 : 1);

/** Prints how the process grows. @returns what should not be so */
function reportProcess(samples: readonly Sample[]): string[] {
  const late = samples.slice(Math.floor(samples.length / 3));
  const line = (name: "memory" | "files", unit: string) => {
    const points = late.map((sample) => [sample.minutes, sample[name]] as const);
    const perHour = slope(points) * 60;
    const level = median(points.map(([, value]) => value));
    console.log(`${name}: ${level.toFixed(0)} ${unit}, slope ${perHour.toFixed(1)} ${unit} an hour`);
    return { perHour, level };
  };
  console.log("The process, the first third of the samples left out:");
  line("memory", "MB");
  const files = line("files", "descriptors");
  return files.perHour > files.level ? ["file descriptors would double within an hour"] : [];
}

/** Prints how the tables grow. @returns what should not be so */
function reportTables(before: ReadonlyMap<string, Extent>, after: ReadonlyMap<string, Extent>): string[] {
  const wrong: string[] = [];
  for (const [table, extent] of after) {
    const old = before.get(table);
    const rows = extent.rows - (old?.rows ?? 0);
    const kilobytes = extent.kilobytes - (old?.kilobytes ?? 0);
    if (rows === 0 && kilobytes === 0) continue;
    console.log(`${table}: ${String(rows)} rows and ${String(kilobytes)} kB more`);
    if (rows > 0 && ![...growing, ...bounded].includes(table)) wrong.push(`${table} grows`);
  }
  return wrong;
}

async function extentOfTables(): Promise<ReadonlyMap<string, Extent>> {
  const { sql } = setting;
  const tables = await sql<{ name: string }[]>`
    select table_name as name from information_schema.tables where table_schema = 'public' order by 1`;
  const extents = new Map<string, Extent>();
  for (const { name } of tables) {
    const [extent] = await sql<Extent[]>`
      select count(*)::int as rows, (pg_total_relation_size(${name}::regclass) / 1024)::int as kilobytes
      from ${sql(name)}`;
    if (extent !== undefined) extents.set(name, extent);
  }
  return extents;
}

function residentMegabytes(pid: number): number {
  const status = readFileSync(`/proc/${String(pid)}/status`, "utf8");
  return Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1]) / 1024;
}

function openFiles(pid: number): number {
  return readdirSync(`/proc/${String(pid)}/fd`).length;
}
