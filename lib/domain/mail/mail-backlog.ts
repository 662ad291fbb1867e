import "server-only";
import { and, isNull, sql } from "drizzle-orm";
import type { Connection } from "@/db/client";
import { mailOutbox } from "@/db/schema";

/** How many mails wait in the outbox, and for how long the oldest of them has. */
export async function mailBacklog(db: Connection): Promise<{ waiting: number; oldestSeconds: number }> {
  const [row] = await db
    .select({
      waiting: sql<number>`count(*)::int`,
      oldestSeconds: sql<number>`coalesce(extract(epoch from now() - min(${mailOutbox.createdAt})), 0)::float8`,
    })
    .from(mailOutbox)
    .where(and(isNull(mailOutbox.deliveredAt), isNull(mailOutbox.gaveUpAt)));
  return row ?? { waiting: 0, oldestSeconds: 0 };
}
