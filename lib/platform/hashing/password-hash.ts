import "server-only";
import { randomBytes } from "node:crypto";
import os from "node:os";
import path from "node:path";
import Piscina from "piscina";
import { chooseWorker, tasksPerWorker } from "./choose-worker";
import { OutOfPatienceError, withPatience } from "./with-patience";
import { environment } from "@/lib/env";
import { DeadlineError, withDeadline } from "@/lib/platform/deadline";

/** argon2id, 64 MiB, three passes: the second recommended option of RFC 9106 section 4, in one lane (ASVS 11.4.2). */
const options = { algorithm: 2, memoryCost: 65_536, timeCost: 3, parallelism: 1 } as const;

/** A hash of a random password with the same parameters, so that an unknown person costs the same work as a known one. */
const dummyHash =
  "$argon2id$v=19$m=65536,t=3,p=1$9FkYMtvgmd2OjAP/E98ltg$Hj8IfgmP+56epPekGQdqDbNYlxZ/uVN8cY+MdXRPtKI";

/** A password that waits this long is one that nobody waits for any more: proxies and people have given up. */
const longestWaitMilliseconds = 20_000;

/** Passwords wait longer to be checked than is of use. Answer 503 and let the person retry. */
export class HashingOverloadedError extends Error {
  override readonly name = "HashingOverloadedError";
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

function mostThreads(): number {
  return environment().PASSWORD_HASH_CONCURRENCY ?? Math.max(1, os.availableParallelism() - 1);
}

let underWay = 0;

/**
 * Does what leads to a check of a password, unless as many are at it as may hash and wait together. Asked before anything
 * else is, so that a crowd is turned away while that is cheap: whoever waits for the database only to find the queue full
 * has waited longest.
 * @throws {HashingOverloadedError}
 */
export async function inHashingQueue<T>(work: () => Promise<T>): Promise<T> {
  if (underWay >= mostThreads() + environment().PASSWORD_HASH_QUEUE) throw new HashingOverloadedError();
  underWay += 1;
  try {
    return await work();
  } finally {
    underWay -= 1;
  }
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

interface Task {
  readonly password: string;
  readonly hash: string | null;
}

async function run(task: Task): Promise<unknown> {
  try {
    return await withDeadline(inTurn({ ...task, options }), longestWaitMilliseconds);
  } catch (error) {
    if (error instanceof DeadlineError) throw new HashingOverloadedError();
    if (error instanceof Error && error.message.includes("queue")) throw new HashingOverloadedError();
    throw error;
  }
}

/**
 * Threads that always yield would check no password on a machine whose processors are never idle. As soon as none of them
 * gets through, others that compete take over, for everybody who waits and for the next half minute.
 */
async function inTurn(task: Task & { readonly options: typeof options }): Promise<unknown> {
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

/**
 * @param password normalised to NFKC here, so that the same characters typed on another keyboard match (NIST SP 800-63B).
 * @returns an argon2id PHC string.
 * @throws {HashingOverloadedError}
 */
export async function hashPassword(password: string): Promise<string> {
  return (await run({ password: password.normalize("NFKC"), hash: null })) as string;
}

/** Whether a PHC string was made with less than what is asked of a new one. */
export function isOutdatedHash(hash: string): boolean {
  const [, algorithm, ...costs] = /^\$(\w+)\$v=(\d+)\$m=(\d+),t=(\d+),p=(\d+)\$/.exec(hash) ?? [];
  const least = [19, options.memoryCost, options.timeCost, options.parallelism];
  return algorithm !== "argon2id" || least.some((cost, at) => Number(costs[at]) < cost);
}

/** A PHC string that no password is known to match, for an account whose password must not work any more. */
export function unmatchableHash(): string {
  const [salt, digest] = [16, 32].map((bytes) => randomBytes(bytes).toString("base64").replace(/=+$/, ""));
  const { memoryCost, timeCost, parallelism } = options;
  return `$argon2id$v=19$m=${String(memoryCost)},t=${String(timeCost)},p=${String(parallelism)}$${salt ?? ""}$${digest ?? ""}`;
}

/**
 * @param hash the stored PHC string, or null for an unknown person: the work is done all the same and the answer is false.
 * @throws {HashingOverloadedError}
 */
export async function verifyPassword(password: string, hash: string | null): Promise<boolean> {
  const matches = await run({ password: password.normalize("NFKC"), hash: hash ?? dummyHash });
  return matches === true && hash !== null;
}
