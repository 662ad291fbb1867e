import "server-only";
import { and, eq, isNull } from "drizzle-orm";
import { sessions, users } from "@/db/schema";
import type { PersonContext } from "@/lib/domain/context";

/**
 * Whether the session that asks has not ended and its person is not suspended, read anew. The page has asked already, but
 * a verb may have waited since: call it in the transaction, once the person's row is held, so that nothing is done for
 * somebody who was shut out meanwhile (ASVS 7.4.1, 8.3.2).
 */
export async function stillLives({ db, actor }: PersonContext): Promise<boolean> {
  const [live] = await db
    .select({ id: sessions.id })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(
      and(eq(sessions.id, actor.viewer.sessionId), isNull(sessions.revokedAt), eq(users.status, "active")),
    );
  return live !== undefined;
}
