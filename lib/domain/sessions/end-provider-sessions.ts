import "server-only";
import { and, eq, isNull, or } from "drizzle-orm";
import { revokeSessions } from "./revoke-session";
import { seenTokenIds, sessions } from "@/db/schema";
import { inTransaction, type Context } from "@/lib/domain/context";
import type { LogoutToken } from "@/lib/domain/oidc/verify-logout-token";
import { releaseGrants } from "@/lib/domain/tokens/release-grants";
import { failure, success, type Result } from "@/lib/shared/result";

/**
 * Ends what a verified logout token names: the sessions of (issuer, sid) and those of the subject that have no `sid`, or
 * without a `sid` in the token all of (issuer, subject), with their grants (OpenID Connect Back-Channel Logout 1.0 section 2.7). A token is good once, on whatever instance.
 * @returns how many sessions ended; none is a success too.
 */
export function endProviderSessions(
  ctx: Context,
  { issuer, tokenId, subject, providerSessionId, rememberUntil }: LogoutToken,
): Promise<Result<{ readonly ended: number }, "replayed">> {
  return inTransaction(ctx, async (tx) => {
    const first = await tx.db
      .insert(seenTokenIds)
      .values({ issuer, tokenId, expiresAt: rememberUntil })
      .onConflictDoNothing()
      .returning({ tokenId: seenTokenIds.tokenId });
    if (first.length === 0) return failure("replayed");
    const which =
      providerSessionId === null
        ? eq(sessions.subject, subject ?? "")
        : subject === null
          ? eq(sessions.providerSessionId, providerSessionId)
          : and(
              eq(sessions.subject, subject),
              // Of a session that the provider gave no `sid` nobody can tell whether it is meant.
              or(eq(sessions.providerSessionId, providerSessionId), isNull(sessions.providerSessionId)),
            );
    const ended = await revokeSessions(tx, and(eq(sessions.issuer, issuer), which), "ended_by_provider");
    for (const { id } of ended) await releaseGrants(tx, { sessionId: id });
    return success({ ended: ended.length });
  });
}
