import "server-only";
import { inArray, lt, lte, or, sql } from "drizzle-orm";
import type { Connection } from "@/db/client";
import { seenTokenIds, sessions } from "@/db/schema";
import { idleEnd } from "@/lib/domain/sessions/live-session";

/** How long a session is kept after its end, for whoever asks what happened. */
export const keepEndedDays = 30;
const atOnce = 1_000;

/** Deletes sessions that ended long ago, with their grants. @returns how many. */
export async function sweepSessions(db: Connection): Promise<number> {
  const long = sql`now() - make_interval(days => ${keepEndedDays})`;
  const ended = or(lt(sessions.revokedAt, long), lt(sessions.expiresAt, long), lt(idleEnd, long));
  let swept = 0;
  for (;;) {
    const some = db.select({ id: sessions.id }).from(sessions).where(ended).limit(atOnce);
    const gone = await db.delete(sessions).where(inArray(sessions.id, some)).returning({ id: sessions.id });
    swept += gone.length;
    if (gone.length < atOnce) return swept;
  }
}

/** Deletes the ids of tokens that could not be used again anyway. */
export async function sweepTokenIds(db: Connection): Promise<void> {
  await db.delete(seenTokenIds).where(lte(seenTokenIds.expiresAt, sql`now()`));
}
