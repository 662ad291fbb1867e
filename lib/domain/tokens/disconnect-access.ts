import "server-only";
import { and, eq } from "drizzle-orm";
import { providerTokens } from "@/db/schema";
import { openGrant } from "./grant";
import { endGrant } from "./save-refresh";
import { recordEvent } from "@/lib/domain/audit/record-event";
import { inTransaction, type PersonContext } from "@/lib/domain/context";
import { findProviderOf } from "@/lib/domain/oidc/provider-config";
import { revokeToken } from "@/lib/domain/oidc/revoke-token";
import { failure, success, type Result } from "@/lib/shared/result";

/**
 * "Disconnect": ends the grant of this session, not the session, and revokes it at the provider (RFC 7009). It waits for
 * a refresh that is under way, so that the token revoked is the one in force.
 */
export async function disconnectAccess(
  ctx: PersonContext,
): Promise<Result<{ readonly revokedAtProvider: boolean }, { readonly code: "not_connected" }>> {
  const ended = await inTransaction(ctx, endOwnGrant);
  if (ended === null) return failure({ code: "not_connected" });
  const { row, refreshToken, accessToken } = ended;
  const provider = findProviderOf(row);
  if (provider === null) return success({ revokedAtProvider: false });
  if (refreshToken !== null) return success({ revokedAtProvider: await revokeToken(provider, refreshToken) });
  const revoked = accessToken !== null && (await revokeToken(provider, accessToken, "access_token"));
  return success({ revokedAtProvider: revoked });
}

async function endOwnGrant(ctx: PersonContext) {
  const { sessionId, userId, provider } = ctx.actor.viewer;
  if (provider === null) return null;
  const own = and(eq(providerTokens.sessionId, sessionId), eq(providerTokens.provider, provider.id));
  const [row] = await ctx.db.select().from(providerTokens).where(own).for("update");
  if (row?.endedAt !== null) return null;
  await endGrant(ctx.db, row, "disconnected", ctx.now());
  await recordEvent(ctx, {
    event: "authn_token_revoked",
    subjectId: userId,
    sessionId,
    details: { provider: provider.id, reason: "disconnected" },
  });
  return openGrant(row);
}
