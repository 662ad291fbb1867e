import "server-only";
import { and, eq } from "drizzle-orm";
import { isLive } from "./live-session";
import { sessions } from "@/db/schema";
import type { Context } from "@/lib/domain/context";
import { randomToken, tokenDigest } from "@/lib/platform/crypto/token";

interface Input {
  readonly token: string;
  /** The session that the token must belong to, where it is known. */
  readonly sessionId?: string;
  /** Set when the person has just proved anew who they are. */
  readonly confirmedAt?: Date;
}

/** A live session after its token was replaced. */
interface ReplacedToken {
  readonly id: string;
  readonly token: string;
  readonly issuer: string | null;
  readonly subject: string | null;
}

/**
 * Gives a live session a new token; the old one stops working (RFC 9700 section 4.14.2, ASVS 7.2.4). Null when the old
 * one was replaced already, or the session has ended, by time too. Of several callers at once one gets it.
 */
export async function replaceSessionToken(
  ctx: Context,
  { token, sessionId, confirmedAt }: Input,
): Promise<ReplacedToken | null> {
  const next = randomToken();
  const [row] = await ctx.db
    .update(sessions)
    .set({ tokenDigest: tokenDigest(next), lastSeenAt: ctx.now(), ...(confirmedAt && { confirmedAt }) })
    .where(
      and(
        eq(sessions.tokenDigest, tokenDigest(token)),
        sessionId === undefined ? undefined : eq(sessions.id, sessionId),
        isLive(),
      ),
    )
    .returning({ id: sessions.id, issuer: sessions.issuer, subject: sessions.subject });
  return row === undefined ? null : { token: next, ...row };
}
