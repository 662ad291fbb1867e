import "server-only";
import { and, eq, gt } from "drizzle-orm";
import { offerTo, type Offered, type OfferRefusal } from "./offer-identity";
import { sessions, users } from "@/db/schema";
import type { Context } from "@/lib/domain/context";
import { tokenDigest } from "@/lib/platform/crypto/token";
import { failure, type Result } from "@/lib/shared/result";

interface Input extends Offered {
  /** The session that asked to connect the identity. */
  readonly sessionId: string;
  /** The session token that the browser holds. */
  readonly token: string | null;
}

/**
 * Keeps an identity for the person whose session asked for it, when this very browser had that session and the identity's
 * own provider has ended it since: one that keeps a single person logged in logs the first out where the second logs in
 * (OpenID Connect Back-Channel Logout 1.0 section 2.7). The person logs in again and confirms.
 * @returns the token that binds it to this browser.
 */
export async function offerAfterLogout(
  ctx: Context,
  { sessionId, token, ...offered }: Input,
): Promise<Result<string, OfferRefusal | "session_ended">> {
  if (token === null) return failure("session_ended");
  const [ended] = await ctx.db
    .select({ userId: sessions.userId })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(
      and(
        eq(sessions.id, sessionId),
        eq(sessions.tokenDigest, tokenDigest(token)),
        eq(sessions.revokedReason, "ended_by_provider"),
        eq(sessions.issuer, offered.identity.issuer),
        gt(sessions.expiresAt, ctx.now()),
        eq(users.status, "active"),
      ),
    );
  return ended === undefined
    ? failure("session_ended")
    : offerTo(ctx, { userId: ended.userId, sessionId }, offered);
}
