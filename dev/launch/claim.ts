import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isAlive, processIdentity } from "./identity";
import { PlainError } from "./plain-error";

interface Recorded {
  readonly pid: number;
  readonly identity: string;
}

interface ProcessRecord {
  readonly launcher: Recorded;
  readonly parts: Readonly<Record<string, Recorded>>;
  /** The launcher is about to end. */
  readonly ending?: true;
}

/** A state directory that is in use by this process and by nobody else. */
export interface Claim {
  /** Writes down a part's process, or that it is gone. */
  readonly note: (part: string, pid: number | undefined) => void;
  /** Lets the next launcher wait for this one instead of refusing. */
  readonly ending: () => void;
  release(): void;
}

/**
 * Takes the state directory for this process. Processes that a killed launcher left behind are ended first: only those
 * that were written down and still are the same process. Throws a PlainError while another launcher lives.
 */
export async function claimState(stateDir: string): Promise<Claim> {
  const file = join(stateDir, "processes.json");
  let former = read(file);
  // npm gives the terminal back at Ctrl-C while the launcher still stops its parts.
  for (let waited = 0; waited < 15_000 && former?.ending && isAlive(former.launcher); waited += 100) {
    await sleep(100);
    former = read(file);
  }
  if (former && isAlive(former.launcher) && former.launcher.pid !== process.pid)
    throw new PlainError(
      `The demo already runs from ${stateDir} (process ${String(former.launcher.pid)}): stop it, or set DEV_STATE_DIR and the ports to run a second one.`,
    );
  if (former) await endOrphans(Object.values(former.parts));

  const launcher = recorded(process.pid);
  let record: ProcessRecord = { launcher, parts: {} };
  const write = () => {
    writeFileSync(`${file}.new`, JSON.stringify(record), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  };
  write();
  return {
    note(part, pid) {
      const others = Object.fromEntries(Object.entries(record.parts).filter(([name]) => name !== part));
      record = { ...record, parts: pid === undefined ? others : { ...others, [part]: recorded(pid) } };
      write();
    },
    ending() {
      record = { ...record, ending: true };
      write();
    },
    release() {
      rmSync(file, { force: true });
    },
  };
}

async function endOrphans(orphans: readonly Recorded[]): Promise<void> {
  // They end by themselves when their launcher is gone; the signals are for one that hangs.
  for (const signal of [undefined, "SIGTERM", "SIGKILL"] as const) {
    const alive = orphans.filter(isAlive);
    if (alive.length === 0) return;
    for (const { pid } of alive) if (signal) process.kill(pid, signal);
    for (let waited = 0; waited < 4_000 && orphans.some(isAlive); waited += 50) await sleep(50);
  }
}

function recorded(pid: number): Recorded {
  return { pid, identity: processIdentity(pid) ?? "gone" };
}

function read(file: string): ProcessRecord | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as ProcessRecord;
  } catch {
    return undefined;
  }
}
