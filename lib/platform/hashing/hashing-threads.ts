import "server-only";
import os from "node:os";
import path from "node:path";
import Piscina from "piscina";
import { chooseWorker, tasksPerWorker } from "./choose-worker";
import { OutOfPatienceError, withPatience } from "./with-patience";
import { environment } from "@/lib/env";

/** What the worker takes. */
interface HashingTask {
  readonly password: string;
  /** The PHC string to hold it against; null has one made. */
  readonly hash: string | null;
  /** Those of `@node-rs/argon2`, for a new one. */
  readonly options: Readonly<Record<string, number>>;
}

/** How threads share the processors: only while nobody else wants one, or by a lower priority. */
type Manners = "yield-always" | "yield-often";

/** Of the whole process, whose bundles have this module each. */
interface Hashing {
  readonly pools: Map<Manners, Piscina>;
  readonly patiently: ReturnType<typeof withPatience>;
  /** On the clock of `performance`: till then nobody waits for an idle processor. */
  busyUntil: number;
}

/** One hash takes a twentieth of it. */
const patienceMilliseconds = 1_000;
const busyMilliseconds = 30_000;

const held = globalThis as { gatehouseHashing?: Hashing };
const hashing = (held.gatehouseHashing ??= {
  pools: new Map(),
  patiently: withPatience(patienceMilliseconds),
  busyUntil: -Infinity,
});
const { pools, patiently } = hashing;

/**
 * Worker threads of our own: hashing on the event loop would stop every page, and on libuv's pool it would hold up name
 * look-ups and file reads. One processor is left to the pages. Idle workers end after 30 seconds.
 */
function pool(manners: Manners): Piscina {
  const made = pools.get(manners) ?? newPool(manners);
  pools.set(manners, made);
  return made;
}

function newPool(manners: Manners): Piscina {
  const most = mostThreads();
  return new Piscina({
    filename: path.join(process.cwd(), "lib/platform/hashing/argon2-worker.mjs"),
    argv: [`--${manners}`],
    minThreads: 0,
    maxThreads: most,
    maxQueue: environment().PASSWORD_HASH_QUEUE,
    concurrentTasksPerWorker: tasksPerWorker,
    loadBalancer: (_task, workers) => chooseWorker(workers, most),
    idleTimeout: 30_000,
  });
}

/** How many passwords are hashed side by side. */
export function mostThreads(): number {
  return environment().PASSWORD_HASH_CONCURRENCY ?? Math.max(1, os.availableParallelism() - 1);
}

/**
 * Has a thread do it. Those that always yield would check no password on a machine whose processors are never idle. As
 * soon as none of them gets through, others that compete take over, for everybody who waits and for the next half minute.
 * @returns what the worker answers: a PHC string, or whether the password matches
 */
export async function inThread(task: HashingTask): Promise<unknown> {
  if (!isBusy()) {
    const yielding = pool("yield-always");
    try {
      return await patiently(yielding.run(task));
    } catch (error) {
      if (error instanceof OutOfPatienceError) giveUp(yielding);
      // The end of their threads is how the others who wait hear of it.
      else if (!isBusy()) throw error;
    }
  }
  return pool("yield-often").run(task);
}

function isBusy(): boolean {
  return performance.now() < hashing.busyUntil;
}

function giveUp(yielding: Piscina): void {
  hashing.busyUntil = performance.now() + busyMilliseconds;
  if (pools.get("yield-always") === yielding) pools.delete("yield-always");
  void yielding.destroy();
}

/** How many passwords wait, and how many threads there are for them. */
export function hashingLoad(): { waiting: number; workers: number } {
  const all = [...pools.values()];
  const sum = (of: (each: Piscina) => number) => all.reduce((total, each) => total + of(each), 0);
  return { waiting: sum(({ queueSize }) => queueSize), workers: sum(({ threads }) => threads.length) };
}

/** Ends the workers; what they had not finished fails. */
export async function closeHashing(): Promise<void> {
  await Promise.all([...pools.values()].map((each) => each.destroy()));
}
