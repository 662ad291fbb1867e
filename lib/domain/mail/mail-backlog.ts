import "server-only";
import { and, gt, isNull, sql } from "drizzle-orm";
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

/** What became of the mails of the last day that are done with. */
export async function mailsFinished(db: Connection): Promise<{ delivered: number; gaveUp: number }> {
  const [row] = await db
    .select({
      delivered: sql<number>`count(${mailOutbox.deliveredAt})::int`,
      gaveUp: sql<number>`count(${mailOutbox.gaveUpAt})::int`,
    })
    .from(mailOutbox)
    .where(gt(mailOutbox.createdAt, sql`now() - interval '1 day'`));
  return row ?? { delivered: 0, gaveUp: 0 };
}
