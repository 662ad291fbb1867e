import "server-only";
import { desc, sql } from "drizzle-orm";
import { isSealCode } from "./chain";
import type { Connection } from "@/db/client";
import { auditSeals } from "@/db/schema";

/** Waiting rows are counted no further. */
const countedRows = 10_000;

export interface SealingState {
  readonly sealedAt: Date | null;
  /** False when the newest seal is not ours; null when its key is not configured any more, or there is no seal. */
  readonly genuine: boolean | null;
  readonly waiting: number;
  readonly oldestWaiting: Date | null;
}

/** Until when the audit log is chained, and what waits for it. */
export async function sealingState(db: Connection): Promise<SealingState> {
  const [last] = await db.select().from(auditSeals).orderBy(desc(auditSeals.id)).limit(1);
  const [row] = await db.execute<{ waiting: number; oldest: number | null }>(sql`
    select count(*)::int as waiting, (extract(epoch from min(at)) * 1000)::float8 as oldest
    from (
      select e.at from audit_events e
      where e.id > ${last?.linkedThrough ?? 0n}
        and not exists (select from audit_chain c where c.event_id = e.id)
      order by e.id limit ${countedRows}) waiting`);
  return {
    sealedAt: last?.sealedAt ?? null,
    genuine: last === undefined ? null : isSealCode(last, last),
    waiting: row?.waiting ?? 0,
    oldestWaiting: row?.oldest == null ? null : new Date(row.oldest),
  };
}

/** Since when the key with this id has sealed the log; null when it has not yet. */
export async function sealedSince(db: Connection, keyId: string): Promise<Date | null> {
  const [row] = await db
    .select({ first: sql<number | null>`(extract(epoch from min(${auditSeals.sealedAt})) * 1000)::float8` })
    .from(auditSeals)
    .where(sql`${auditSeals.keyId} = ${keyId}`);
  return row?.first == null ? null : new Date(row.first);
}
