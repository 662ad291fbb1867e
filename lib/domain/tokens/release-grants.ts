import "server-only";
import { sql } from "drizzle-orm";
import type { Context } from "@/lib/domain/context";
import { openSecret } from "./vault";

/** What a sign-out still needs of a grant that is gone from the table. */
export interface ReleasedGrant {
  readonly provider: string;
  readonly issuer: string;
  /** To revoke at the provider (RFC 7009). */
  readonly refreshToken: string | null;
  /** For `id_token_hint` (OpenID Connect RP-Initiated Logout 1.0 section 2). */
  readonly idToken: string | null;
}

interface Row extends Record<string, unknown> {
  readonly user_id: string;
  readonly provider: string;
  readonly issuer: string;
  readonly refresh_token_sealed: string | null;
  readonly id_token_sealed: string | null;
}

/**
 * Ends the grants of a session and erases their tokens, in one statement. Call it in the transaction that revokes the
 * session. It waits for a refresh that is under way, so that the refresh token returned is the one the provider knows.
 * A token that cannot be opened comes back as null: a lost key does not keep anybody signed in.
 */
export async function releaseGrants(
  ctx: Context,
  { sessionId }: { sessionId: string },
): Promise<readonly ReleasedGrant[]> {
  const rows = await ctx.db.execute<Row>(sql`
    with held as (
      select id, user_id, provider, issuer, refresh_token_sealed, id_token_sealed
      from provider_tokens where session_id = ${sessionId} for update
    )
    update provider_tokens t
    set ended_at = coalesce(t.ended_at, ${ctx.now().toISOString()}::timestamptz),
      ended_reason = coalesce(t.ended_reason, 'signed_out'),
      access_token_sealed = null, refresh_token_sealed = null, id_token_sealed = null
    from held where t.id = held.id
    returning held.user_id, held.provider, held.issuer, held.refresh_token_sealed, held.id_token_sealed`);
  return rows.map((row) => {
    const place = { table: "provider_tokens", userId: row.user_id, provider: row.provider } as const;
    const { refresh_token_sealed: refresh, id_token_sealed: id } = row;
    return {
      provider: row.provider,
      issuer: row.issuer,
      refreshToken: refresh === null ? null : openSecret({ ...place, column: "refresh_token" }, refresh),
      idToken: id === null ? null : openSecret({ ...place, column: "id_token" }, id),
    };
  });
}
