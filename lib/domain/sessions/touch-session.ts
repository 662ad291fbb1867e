import "server-only";
import { and, eq, isNull, lt } from "drizzle-orm";
import { database } from "@/db/client";
import { sessions } from "@/db/schema";
import { noteSeen } from "./note-seen";

const touchIntervalMilliseconds = 60_000;

/** True when `lastSeenAt` is old enough to be worth a write. */
export function needsTouch(lastSeenAt: Date, now: Date): boolean {
  return now.getTime() - lastSeenAt.getTime() >= touchIntervalMilliseconds;
}

/** Notes that a session was used, and its person seen. Never revives one that was revoked in the meantime. */
export async function touchSession(sessionId: string, now: Date): Promise<void> {
  const touched = await database()
    .update(sessions)
    .set({ lastSeenAt: now })
    .where(and(eq(sessions.id, sessionId), isNull(sessions.revokedAt), lt(sessions.lastSeenAt, now)))
    .returning({ userId: sessions.userId });
  for (const { userId } of touched) await noteSeen(database(), userId, now);
}
