import type { ChildProcess } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, PlainError } from "./plain-error";

/** One process of the world. */
export interface Part {
  readonly title: string;
  /** The running process, undefined while it is stopped. */
  readonly pid: number | undefined;
  /** How often it was started again after it died by itself. */
  readonly restarts: number;
  /** Starts it and waits until it serves; does nothing when it runs. */
  start(): Promise<void>;
  /** Stops it and waits until it is gone; it stays stopped until `start`. */
  stop(): Promise<void>;
}

/** How a part is run. */
export interface PartOptions {
  readonly title: string;
  /** Makes the process, as the leader of its own group. */
  spawn(): ChildProcess;
  /** Resolves when the process serves; rejects when it cannot. Need not notice its end. */
  ready(child: ChildProcess): Promise<void>;
  readonly log: (line: string) => void;
  /** Called with each change of the process, so that the next launcher can find an orphan. */
  readonly onProcess?: (pid: number | undefined) => void;
  /** Called when the part died too often and is left alone. */
  readonly onGiveUp?: () => void;
  /** Milliseconds between the polite signal and the other one. */
  readonly stopTimeoutMs?: number;
}

const restartLimit = 5;
const restartWindowMs = 60_000;
/** How long a process that cannot serve may take to end. */
const endingMs = 2_000;
/** How long after its end what it printed last may take to arrive. */
const lastWordsMs = 500;

/** Runs one process, starts it again when it dies by itself (at most five times a minute) and says so. */
export function supervise(options: PartOptions): Part {
  let child: ChildProcess | undefined;
  let wanted = false;
  let restarts = 0;
  let deaths: number[] = [];
  const tail: string[] = [];

  function failure(what: string): PlainError {
    return new PlainError(`${options.title} ${what}.\n${tail.join("\n")}`);
  }

  async function launch(): Promise<void> {
    const current = options.spawn();
    child = current;
    options.onProcess?.(current.pid);
    tail.length = 0;
    for (const stream of [current.stdout, current.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => {
        tail.push(...text.split("\n").filter((line) => line.trim()));
        tail.splice(0, tail.length - 20);
      });
    }
    let serving = false;
    const gone = new Promise<never>((_, reject) => {
      current.once("error", reject);
      current.once("exit", (code, signal) => {
        if (child === current) {
          child = undefined;
          options.onProcess?.(undefined);
        }
        const closed = new Promise((resolve) => current.once("close", resolve));
        void Promise.race([closed, sleep(lastWordsMs, undefined, { ref: false })]).then(() => {
          reject(failure(`ended before it was ready (${cause(code, signal)})`));
        });
        if (serving && wanted) void restart(cause(code, signal));
      });
    });
    gone.catch(() => undefined);
    try {
      await Promise.race([options.ready(current), gone]);
      serving = true;
    } catch (error) {
      if (error instanceof PlainError) throw error;
      // "fetch failed" tells nobody anything: how the process ended does, and what it printed last.
      await Promise.race([gone, sleep(endingMs, undefined, { ref: false })]);
      throw failure(`cannot be reached (${error instanceof Error ? error.message : String(error)})`);
    } finally {
      if (!serving) await end(current);
    }
  }

  async function restart(reason: string): Promise<void> {
    for (;;) {
      const now = Date.now();
      deaths = [...deaths.filter((at) => now - at < restartWindowMs), now];
      if (deaths.length > restartLimit) {
        wanted = false;
        options.log(
          `${options.title} ended ${String(deaths.length)} times within a minute (${reason}) and is left stopped.`,
        );
        options.onGiveUp?.();
        return;
      }
      options.log(`${options.title} ended by itself (${reason}); starting it again.`);
      await sleep(100 * 2 ** deaths.length);
      if (!wanted) return;
      try {
        await launch();
        restarts += 1;
        options.log(`${options.title} runs again.`);
        return;
      } catch (error) {
        reason = describe(error);
      }
    }
  }

  async function end(current: ChildProcess): Promise<void> {
    if (current.exitCode !== null || current.signalCode !== null || current.pid === undefined) return;
    const exited = new Promise((resolve) => current.once("exit", resolve));
    current.kill("SIGTERM");
    const late = setTimeout(() => {
      killGroup(current);
    }, options.stopTimeoutMs ?? 8_000);
    await exited;
    clearTimeout(late);
    // Whatever the process had started itself goes with it.
    killGroup(current);
  }

  return {
    title: options.title,
    get pid() {
      return child?.pid;
    },
    get restarts() {
      return restarts;
    },
    async start() {
      if (wanted) return;
      wanted = true;
      try {
        await launch();
      } catch (error) {
        wanted = false;
        throw error;
      }
    },
    async stop() {
      wanted = false;
      if (child) await end(child);
    },
  };
}

function cause(code: number | null, signal: NodeJS.Signals | null): string {
  return signal ? `signal ${signal}` : `exit code ${String(code ?? "unknown")}`;
}

function killGroup(child: ChildProcess): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
  } catch {
    // The group is empty already.
  }
}
