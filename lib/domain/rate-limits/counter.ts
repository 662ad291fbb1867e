import "server-only";
import { createHmac } from "node:crypto";
import { RateLimiterPostgres } from "rate-limiter-flexible";
import { rateLimitPolicies, type RateLimitName } from "@/lib/shared/rate-limit-policies";
import { sql } from "@/db/client";
import { environment } from "@/lib/env";

/** What a counter says: how much was spent in this window, and the seconds until it begins anew. */
export interface Spent {
  readonly points: number;
  readonly retryAfterSeconds: number;
}

/** A limit and whom it counts, as {@link spend} takes them. */
type Counted = readonly [name: RateLimitName, key: string];

const held = globalThis as { gatehouseCounters?: Map<RateLimitName, RateLimiterPostgres> };
const counters = (held.gatehouseCounters ??= new Map());
const nothing: Spent = { points: 0, retryAfterSeconds: 0 };

/** Spends one point of `key`, for all instances at once. The caller compares with {@link limitOf}. */
export async function spend(name: RateLimitName, key: string): Promise<Spent> {
  const { consumedPoints, msBeforeNext } = await counter(name).penalty(digest(name, key));
  return toSpent(consumedPoints, msBeforeNext);
}

/** What each of these has spent, in their order, without spending: one question, however many. */
export async function readSpent<const Asked extends readonly Counted[]>(
  ...counted: Asked
): Promise<{ [Place in keyof Asked]: Spent }> {
  const keys = counted.map(storedKey);
  const now = Date.now();
  const rows = await sql()<{ key: string; points: number; expire: string }[]>`
    select key, points, expire from rate_limits where key in ${sql()(keys)} and expire > ${now}`;
  return keys.map((key) => {
    const row = rows.find((found) => found.key === key);
    return row === undefined ? nothing : toSpent(row.points, Number(row.expire) - now);
    // A list made of a tuple has its places; the compiler does not follow.
  }) as { [Place in keyof Asked]: Spent };
}

/** Forgets what these have spent. */
export async function forgive(...counted: readonly Counted[]): Promise<void> {
  await sql()`delete from rate_limits where key in ${sql()(counted.map(storedKey))}`;
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

/** The key as the library writes it. */
function storedKey([name, key]: Counted): string {
  return `${name}:${digest(name, key)}`;
}

function toSpent(points: number, milliseconds: number): Spent {
  return { points, retryAfterSeconds: Math.max(1, Math.ceil(milliseconds / 1000)) };
}
