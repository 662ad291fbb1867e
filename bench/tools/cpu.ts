import { readdirSync, readFileSync } from "node:fs";

/** Seconds that a process has computed so far, all of its threads together; NaN where `/proc` does not tell. */
export function cpuSeconds(pid: number | undefined): number {
  const fields = statOf(pid);
  return fields === undefined ? NaN : ticks(fields, [userTime, systemTime]);
}

/** Like {@link cpuSeconds} for a process with those that it started, the ones that have ended included. */
export function familyCpuSeconds(pid: number): number {
  let sum = NaN;
  for (const name of numbersIn("/proc")) {
    const fields = statOf(name);
    if (fields === undefined || (name !== pid && Number(fields[parent]) !== pid)) continue;
    const own = ticks(fields, [userTime, systemTime]);
    const ended = name === pid ? ticks(fields, [childUserTime, childSystemTime]) : 0;
    sum = (Number.isNaN(sum) ? 0 : sum) + own + ended;
  }
  return sum;
}

/** Who started a process; undefined where `/proc` does not tell. */
export function parentOf(pid: number): number | undefined {
  const fields = statOf(pid);
  return fields === undefined ? undefined : Number(fields[parent]);
}

// Positions after the command name; see proc_pid_stat(5).
const parent = 1;
const userTime = 11;
const systemTime = 12;
const childUserTime = 13;
const childSystemTime = 14;
/** USER_HZ, which is the same on every Linux that Node.js runs on. */
const ticksPerSecond = 100;

function statOf(pid: number | undefined): readonly string[] | undefined {
  try {
    const stat = readFileSync(`/proc/${String(pid)}/stat`, "utf8");
    // The command name may hold spaces and brackets; the fields start after the last bracket.
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  } catch {
    return undefined;
  }
}

function numbersIn(folder: string): number[] {
  try {
    return readdirSync(folder).map(Number).filter(Number.isInteger);
  } catch {
    return [];
  }
}

function ticks(fields: readonly string[], positions: readonly number[]): number {
  return positions.reduce((sum, position) => sum + Number(fields[position]), 0) / ticksPerSecond;
}
