import "server-only";
import { and, eq, isNull } from "drizzle-orm";
import { sessions } from "@/db/schema";
import { recordEvent } from "@/lib/domain/audit/record-event";
import type { PersonContext } from "@/lib/domain/context";
import { randomToken, tokenDigest } from "@/lib/platform/crypto/token";

interface Input {
  /** The token that the browser holds; it stops working here. */
  readonly token: string;
  readonly confirmedAt: Date;
  readonly method: "password" | "oidc";
}

/** A session after its renewal: the new token, and the identity that it was opened with. */
export interface RenewedSession {
  readonly token: string;
  readonly issuer: string | null;
  readonly subject: string | null;
}

/**
 * Gives the session in use a new token because the person has proved anew who they are (ASVS 7.2.4). The row and what
 * hangs on it, the API grant first of all, stay. Null when the session has ended or was renewed meanwhile. Call it in a
 * transaction.
 */
export async function renewSession(
  ctx: PersonContext,
  { token, confirmedAt, method }: Input,
): Promise<RenewedSession | null> {
  const { sessionId, userId } = ctx.actor.viewer;
  const next = randomToken();
  const [row] = await ctx.db
    .update(sessions)
    .set({ tokenDigest: tokenDigest(next), confirmedAt, lastSeenAt: ctx.now() })
    .where(
      and(
        eq(sessions.id, sessionId),
        eq(sessions.tokenDigest, tokenDigest(token)),
        isNull(sessions.revokedAt),
      ),
    )
    .returning({ issuer: sessions.issuer, subject: sessions.subject });
  if (row === undefined) return null;
  await recordEvent(ctx, { event: "session_renewed", subjectId: userId, sessionId, details: { method } });
  return { token: next, ...row };
}
