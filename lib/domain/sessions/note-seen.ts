import "server-only";
import { and, eq, isNull, lt, or } from "drizzle-orm";
import type { Connection } from "@/db/client";
import { users } from "@/db/schema";

const hourMilliseconds = 60 * 60 * 1_000;

/** Notes when a person was seen, to the hour: a row with so many indexes is not written for every use. */
export async function noteSeen(db: Connection, userId: string, now: Date): Promise<void> {
  const anHourAgo = new Date(now.getTime() - hourMilliseconds);
  await db
    .update(users)
    .set({ lastSeenAt: now })
    .where(and(eq(users.id, userId), or(isNull(users.lastSeenAt), lt(users.lastSeenAt, anHourAgo))));
}
