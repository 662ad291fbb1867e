import "server-only";
import { randomBytes } from "node:crypto";
import { inThread, mostThreads } from "./hashing-threads";
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

/** The password is normalised to NFKC, so that the same characters typed on another keyboard match (NIST SP 800-63B). */
async function run(password: string, hash: string | null): Promise<unknown> {
  const task = { password: password.normalize("NFKC"), hash, options };
  try {
    return await withDeadline(inThread(task), longestWaitMilliseconds);
  } catch (error) {
    if (error instanceof DeadlineError) throw new HashingOverloadedError();
    if (error instanceof Error && error.message.includes("queue")) throw new HashingOverloadedError();
    throw error;
  }
}

/**
 * @param password in any normal form of Unicode
 * @returns an argon2id PHC string.
 * @throws {HashingOverloadedError}
 */
export async function hashPassword(password: string): Promise<string> {
  return (await run(password, null)) as string;
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
  const matches = await run(password, hash ?? dummyHash);
  return matches === true && hash !== null;
}
