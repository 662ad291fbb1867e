import "server-only";
import { createHmac } from "node:crypto";
import { RateLimiterPostgres, type RateLimiterRes } from "rate-limiter-flexible";
import { rateLimitPolicies, type RateLimitName } from "@/lib/shared/rate-limit-policies";
import { sql } from "@/db/client";
import { environment } from "@/lib/env";

/** What a counter says: how much was spent in this window, and the seconds until it begins anew. */
export interface Spent {
  readonly points: number;
  readonly retryAfterSeconds: number;
}

const held = globalThis as { gatehouseCounters?: Map<RateLimitName, RateLimiterPostgres> };
const counters = (held.gatehouseCounters ??= new Map());
const nothing: Spent = { points: 0, retryAfterSeconds: 0 };

/** Spends one point of `key`, for all instances at once. The caller compares with {@link limitOf}. */
export async function spend(name: RateLimitName, key: string): Promise<Spent> {
  return toSpent(await counter(name).penalty(digest(name, key)));
}

/** What `key` has spent, without spending. */
export async function readSpent(name: RateLimitName, key: string): Promise<Spent> {
  const found = await counter(name).get(digest(name, key));
  return found === null ? nothing : toSpent(found);
}

/** Forgets what `key` has spent. */
export async function forgive(name: RateLimitName, key: string): Promise<void> {
  await counter(name).delete(digest(name, key));
}

/** How many keys have nothing left of this limit now. */
export async function countSpent(name: RateLimitName): Promise<number> {
  const [row] = await sql()<{ keys: number }[]>`
    select count(*)::int as keys from rate_limits
    where starts_with(key, ${`${name}:`}) and points >= ${limitOf(name)} and expire > ${Date.now()}`;
  return row?.keys ?? 0;
}

/** How many points a window of this limit has. */
export function limitOf(name: RateLimitName): number {
  return policyOf(name).points;
}

function policyOf(name: RateLimitName) {
  return environment().RATE_LIMITS.get(name) ?? rateLimitPolicies[name];
}

function counter(name: RateLimitName): RateLimiterPostgres {
  let found = counters.get(name);
  if (found === undefined) {
    const { points, seconds } = policyOf(name);
    found = new RateLimiterPostgres({
      storeClient: { query },
      storeType: "client",
      tableName: "rate_limits",
      tableCreated: true,
      keyPrefix: name,
      points,
      duration: seconds,
    });
    counters.set(name, found);
  }
  return found;
}

/** The pool, as the library wants to be given one. */
async function query({ text, values }: { text: string; values: (string | number)[] }) {
  const rows = await sql().unsafe(text, values, { prepare: true });
  return { rows, rowCount: rows.count };
}

/** People type passwords where the user name belongs: what was typed is not kept, not even as a bare hash. */
function digest(name: RateLimitName, key: string): string {
  const [secret = ""] = environment().AUTH_SECRET;
  return createHmac("sha256", secret).update(`rate limit ${name}\0${key}`).digest("base64url").slice(0, 32);
}

function toSpent({ consumedPoints, msBeforeNext }: RateLimiterRes): Spent {
  return { points: consumedPoints, retryAfterSeconds: Math.max(1, Math.ceil(msBeforeNext / 1000)) };
}
