import "server-only";
import { lte } from "drizzle-orm";
import { sealTokens } from "./pending-tokens";
import { pendingIdentities } from "@/db/schema";
import type { Context } from "@/lib/domain/context";
import type { VerifiedIdentity } from "@/lib/domain/oidc/verify-identity";
import type { GrantTokens } from "@/lib/domain/tokens/store-grant";
import { randomToken, tokenDigest } from "@/lib/platform/crypto/token";

/** Time to log in the known way and to confirm. */
export const pendingLifetimeSeconds = 10 * 60;

interface Input {
  readonly identity: VerifiedIdentity;
  readonly tokens: GrantTokens;
  /** The only person who may confirm that the identity is theirs. */
  readonly userId: string;
}

/**
 * Keeps a verified identity until that person confirms it, and gives back the token that binds it to one browser. An
 * identity waits once: what waited before, for whatever browser, is void.
 */
export async function holdIdentity(ctx: Context, { identity, tokens, userId }: Input): Promise<string> {
  const token = randomToken();
  const now = ctx.now();
  const { provider, issuer, subject, claims } = identity;
  await ctx.db.delete(pendingIdentities).where(lte(pendingIdentities.expiresAt, now));
  const row = {
    tokenDigest: tokenDigest(token),
    userId,
    provider: provider.id,
    claims,
    tokensSealed: sealTokens({ userId, issuer, subject }, tokens),
    createdAt: now,
    expiresAt: new Date(now.getTime() + pendingLifetimeSeconds * 1000),
  };
  await ctx.db
    .insert(pendingIdentities)
    .values({ ...row, issuer, subject })
    .onConflictDoUpdate({ target: [pendingIdentities.issuer, pendingIdentities.subject], set: row });
  return token;
}
