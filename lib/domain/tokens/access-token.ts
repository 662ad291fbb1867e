import "server-only";
import type { Grant } from "./grant";

/** What an API is called with. It never leaves the server. */
export interface AccessToken {
  readonly token: string;
  /** Null when whoever issued it did not say. */
  readonly expiresAt: Date | null;
  readonly scope: string | null;
}

/** The grant's access token while it is not over at `now`; null otherwise, and null for the one an API has `rejected`. */
export function validToken(grant: Grant, now: Date, rejected?: string): AccessToken | null {
  const { accessToken: token, row } = grant;
  if (token === null || token === rejected || row.endedAt !== null) return null;
  if (row.expiresAt !== null && row.expiresAt <= now) return null;
  return { token, expiresAt: row.expiresAt, scope: row.scope };
}

/**
 * True when the access token lasts for at least `minimumValiditySeconds`. Of a short lifetime a quarter is enough, or a
 * token that lives for a minute would be renewed at every call. An unknown expiry counts as far away.
 */
export function lastsLongEnough({ row }: Grant, now: Date, minimumValiditySeconds: number): boolean {
  if (row.expiresAt === null) return true;
  const margin = Math.min(minimumValiditySeconds, (row.lifetimeSeconds ?? Infinity) / 4);
  return row.expiresAt.getTime() - now.getTime() >= margin * 1000;
}
