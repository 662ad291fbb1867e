import "server-only";
import { and, eq, isNull, ne, type SQL } from "drizzle-orm";
import { sessions } from "@/db/schema";
import { recordEvent } from "@/lib/domain/audit/record-event";
import type { Context, PersonContext } from "@/lib/domain/context";
import { tokenDigest } from "@/lib/platform/crypto/token";

export interface RevokedSession {
  readonly id: string;
  readonly userId: string;
  readonly provider: string | null;
}

/** Ends the session with this token, if it is live. Ended sessions stay ended: nothing writes `revoked_at` back to null. */
export async function revokeSessionByToken(
  ctx: Context,
  token: string,
  reason: string,
): Promise<RevokedSession | null> {
  const [session] = await revokeSessions(ctx, eq(sessions.tokenDigest, tokenDigest(token)), reason);
  return session ?? null;
}

/** Ends one session of the person who asks; another person's id ends nothing. */
export async function revokeOwnSession(
  ctx: PersonContext,
  sessionId: string,
): Promise<RevokedSession | null> {
  const own = eq(sessions.userId, ctx.actor.viewer.userId);
  const [session] = await revokeSessions(ctx, and(own, eq(sessions.id, sessionId)), "ended_by_person");
  return session ?? null;
}

/** Ends every session of the person who asks but the one in use. */
export function revokeOtherSessions(ctx: PersonContext): Promise<readonly RevokedSession[]> {
  const { userId, sessionId } = ctx.actor.viewer;
  return revokeSessions(ctx, and(eq(sessions.userId, userId), ne(sessions.id, sessionId)), "ended_by_person");
}

/** Ends the live sessions that `which` names. Call it in a transaction: each ended session gets its audit row. */
export async function revokeSessions(
  ctx: Context,
  which: SQL | undefined,
  reason: string,
): Promise<readonly RevokedSession[]> {
  const ended = await ctx.db
    .update(sessions)
    .set({ revokedAt: ctx.now(), revokedReason: reason })
    .where(and(which, isNull(sessions.revokedAt)))
    .returning({ id: sessions.id, userId: sessions.userId, provider: sessions.provider });
  for (const { id, userId } of ended)
    await recordEvent(ctx, {
      event: "session_revoked",
      subjectId: userId,
      sessionId: id,
      details: { reason },
    });
  return ended;
}
