import "server-only";
import { sql } from "drizzle-orm";
import { figureOf, linksBehind, rowOfLink } from "./figure-of";
import type { Connection, Database } from "@/db/client";
import { inBatches } from "@/lib/platform/in-batches";

const atOnce = 5_000;

/**
 * Counts the rows of the audit log that were chained since the last time, in the order of the chain, and remembers the
 * position in the same transaction: each row counts once, whatever breaks off. A row that was committed late is chained
 * late, and so counted late. One instance at a time.
 * @param goesOn asked before each batch
 * @returns how many were counted; null when another instance was at it already
 */
export function rollUpEvents(database: Database, goesOn: () => boolean = () => true): Promise<number | null> {
  return inBatches({ atOnce, goesOn }, () => database.transaction(rollUpSome));
}

async function rollUpSome(tx: Connection): Promise<number | null> {
  if (!(await holdsFigures(tx))) return null;
  const [progress] = await tx.execute<{ position: string }>(sql`select position::text from figure_progress`);
  const [taken] = await tx.execute<{ rows: number; position: string | null }>(
    rollUpStatement(progress?.position ?? "0"),
  );
  if (taken?.position != null)
    await tx.execute(sql`
      insert into figure_progress (position) values (${taken.position}::bigint)
      on conflict (id) do update set position = excluded.position`);
  return taken?.rows ?? 0;
}

/** Adds up to {@link atOnce} rows behind a position of the chain, and says how many there were and where the last stands. */
export function rollUpStatement(position: string) {
  return sql`
    with links as materialized (${linksBehind(position, atOnce)}), added as (
      insert into hourly_figures (hour, event, method, outcome, count)
      select ${figureOf}, count(*) from links c ${rowOfLink} group by 1, 2, 3, 4 order by 1, 2, 3, 4
      on conflict (hour, event, method, outcome)
        do update set count = hourly_figures.count + excluded.count
    )
    select count(*)::int as rows, max(position)::text as position from links`;
}

/** Whether this transaction alone moves the figures on. */
export async function holdsFigures(tx: Connection): Promise<boolean> {
  const [lock] = await tx.execute<{ had: boolean }>(
    sql`select pg_try_advisory_xact_lock(hashtextextended('gatehouse figures', 0)) as had`,
  );
  return lock?.had === true;
}
