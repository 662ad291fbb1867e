import "server-only";
import { sql } from "drizzle-orm";
import { providerTokens } from "@/db/schema";
import type { Context } from "@/lib/domain/context";
import type { ProviderConfig } from "@/lib/domain/oidc/provider-config";
import { expiryOf, lifetimeSeconds } from "./token-lifetime";
import { sealSecret, type Place } from "./vault";

type Column = Extract<Place, { table: "provider_tokens" }>["column"];

/** What a token endpoint answered, reduced to what is kept (RFC 6749 section 5.1). */
export interface GrantTokens {
  readonly accessToken: string;
  readonly refreshToken?: string | undefined;
  readonly idToken?: string | undefined;
  /** Space-separated; absent when it is what was asked for. */
  readonly scope?: string | undefined;
  /** `expires_in` as it came. */
  readonly expiresInSeconds?: unknown;
}

interface NewGrant {
  readonly sessionId: string;
  readonly userId: string;
  readonly provider: ProviderConfig;
  readonly subject: string;
  readonly tokens: GrantTokens;
}

/**
 * Keeps the tokens of a sign-in, sealed, in one statement. Call it within the transaction of the sign-in. A sign-in that
 * brings no refresh token or no ID token leaves the ones that the same identity's grant in this session has.
 */
export async function storeGrant(
  ctx: Context,
  { sessionId, userId, provider, subject, tokens }: NewGrant,
): Promise<void> {
  const now = ctx.now();
  const lifetime = lifetimeSeconds(tokens.expiresInSeconds);
  const sealed = (column: Column, token: string | undefined): string | null =>
    token === undefined
      ? null
      : sealSecret({ table: "provider_tokens", userId, provider: provider.id, column }, token);
  const grant = {
    issuer: provider.issuer,
    subject,
    accessTokenSealed: sealed("access_token", tokens.accessToken),
    scope: tokens.scope ?? provider.scope,
    expiresAt: expiryOf(lifetime, now),
    lifetimeSeconds: lifetime,
    obtainedAt: now,
    refreshedAt: null,
    refreshFailures: 0,
    retryAfter: null,
    endedAt: null,
    endedReason: null,
  };
  await ctx.db
    .insert(providerTokens)
    .values({
      ...grant,
      sessionId,
      userId,
      provider: provider.id,
      refreshTokenSealed: sealed("refresh_token", tokens.refreshToken),
      idTokenSealed: sealed("id_token", tokens.idToken),
    })
    .onConflictDoUpdate({
      target: [providerTokens.sessionId, providerTokens.provider],
      set: {
        ...grant,
        userId,
        refreshTokenSealed: newElseKept("refresh_token_sealed"),
        idTokenSealed: newElseKept("id_token_sealed"),
      },
    });
}

function newElseKept(column: "refresh_token_sealed" | "id_token_sealed") {
  const given = sql.raw(`excluded.${column}`);
  const kept = sql.raw(`provider_tokens.${column}`);
  return sql`coalesce(${given}, case when (${providerTokens.userId}, ${providerTokens.issuer}, ${providerTokens.subject})
    = (excluded.user_id, excluded.issuer, excluded.subject) then ${kept} end)`;
}
