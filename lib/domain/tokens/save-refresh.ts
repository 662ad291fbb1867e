import "server-only";
import { and, eq, isNull, sql } from "drizzle-orm";
import type { Connection } from "@/db/client";
import { providerTokens } from "@/db/schema";
import type { GrantRow } from "./grant";
import type { GrantTokens } from "./store-grant";
import { expiryOf, lifetimeSeconds } from "./token-lifetime";
import { isSealedUnderOldKey, openSecret, sealSecret, type Place } from "./vault";

type Column = Extract<Place, { table: "provider_tokens" }>["column"];

const longestBackoffSeconds = 60;

/**
 * Writes what a refresh brought over `used`, the row that it was made with. An ended grant stays ended, and a row that
 * was replaced in the meantime stays as it is: then the answer is null. Everything is sealed under the newest key.
 */
export async function saveRefreshed(
  db: Connection,
  used: GrantRow,
  tokens: GrantTokens,
  now: Date,
): Promise<GrantRow | null> {
  const lifetime = lifetimeSeconds(tokens.expiresInSeconds);
  const [row] = await db
    .update(providerTokens)
    .set({
      accessTokenSealed: resealed(used, "access_token", tokens.accessToken, null),
      refreshTokenSealed: resealed(used, "refresh_token", tokens.refreshToken, used.refreshTokenSealed),
      idTokenSealed: resealed(used, "id_token", tokens.idToken, used.idTokenSealed),
      scope: tokens.scope ?? used.scope,
      expiresAt: expiryOf(lifetime, now),
      lifetimeSeconds: lifetime,
      refreshedAt: now,
      refreshFailures: 0,
      retryAfter: null,
    })
    .where(and(isUnchanged(used), isNull(providerTokens.endedAt)))
    .returning();
  return row ?? null;
}

/** Notes a failure that may pass. The provider is left alone for 2, 4, 8 … at most 60 seconds. */
export async function saveFailure(db: Connection, used: GrantRow, now: Date): Promise<void> {
  const seconds = Math.min(2 ** Math.min(used.refreshFailures + 1, 10), longestBackoffSeconds);
  await db
    .update(providerTokens)
    .set({
      refreshFailures: sql`${providerTokens.refreshFailures} + 1`,
      retryAfter: new Date(now.getTime() + seconds * 1000),
    })
    .where(and(isUnchanged(used), isNull(providerTokens.endedAt)));
}

/** Ends a grant and erases its access and refresh token. The ID token stays: a sign-out needs it for its hint. */
export async function endGrant(db: Connection, used: GrantRow, reason: string, now: Date): Promise<void> {
  await db
    .update(providerTokens)
    .set({ accessTokenSealed: null, refreshTokenSealed: null, endedAt: now, endedReason: reason })
    .where(and(eq(providerTokens.id, used.id), isNull(providerTokens.endedAt)));
}

/** The access token is sealed anew with every refresh, so its sealed form tells one version of a row from the next. */
function isUnchanged(used: GrantRow) {
  return and(
    eq(providerTokens.id, used.id),
    sql`${providerTokens.accessTokenSealed} is not distinct from ${used.accessTokenSealed}`,
  );
}

function resealed(
  row: GrantRow,
  column: Column,
  token: string | undefined,
  kept: string | null,
): string | null {
  const place = { table: "provider_tokens", userId: row.userId, provider: row.provider, column } as const;
  if (token !== undefined) return sealSecret(place, token);
  if (kept === null || !isSealedUnderOldKey(kept)) return kept;
  const opened = openSecret(place, kept);
  return opened === null ? kept : sealSecret(place, opened);
}
