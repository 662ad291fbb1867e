import "server-only";
import { sql } from "drizzle-orm";
import { figureOf, linksBehind, rowOfLink } from "./figure-of";
import type { Period } from "./period";
import type { Connection } from "@/db/client";

/** Rows of the log that a page counts itself, at most: what fifteen seconds bring, many times over. */
const tailAtMost = 10_000;
/** Rows are chained within seconds; what waits longer than this waits for a reason. */
const sealedWithinMinutes = 2;

/** How often something happened in a step of the period, or in the one before it. */
export interface StepFigure {
  readonly at: Date;
  readonly event: string;
  readonly method: string;
  readonly outcome: string;
  readonly count: number;
}

export interface Figures {
  readonly rows: readonly StepFigure[];
  /** What the log was counted until, when that is not now. */
  readonly behindSince: Date | null;
  /** Rows of the log that should have been chained by now. */
  readonly unsealed: number;
}

interface Row extends Record<string, unknown> {
  readonly at: string;
  readonly event: string;
  readonly method: string;
  readonly outcome: string;
  readonly count: number;
}

interface TailRow extends Row {
  readonly late: number;
  readonly latest: string;
}

/**
 * The figures of a period and of the one before it: those that are rolled up, and the rows of the log behind them, as all
 * stood at one moment.
 */
export function readFigures(db: Connection, period: Period): Promise<Figures> {
  return db.transaction(
    async (tx) => {
      const rolled = await tx.execute<Row>(rolledUp(period));
      const [edge] = await tx.execute<{ position: string; linked: string }>(sql`
        select coalesce((select position from figure_progress), 0)::text as position,
          coalesce((select linked_through from audit_seals order by id desc limit 1), 0)::text as linked`);
      const chained = await tx.execute<TailRow>(chainedTail(edge?.position ?? "0"));
      const unchained = await tx.execute<TailRow>(unchainedTail(edge?.linked ?? "0"));
      const isBehind = total(chained) >= tailAtMost;
      // Rows behind a gap would make the end of the time look like more than its middle.
      const tail = isBehind ? chained : [...chained, ...unchained];
      const cutOff = isBehind || total(unchained) >= tailAtMost;
      const latest = Math.max(0, ...tail.map(({ latest }) => Date.parse(latest)));
      return {
        rows: [...rolled, ...tail].map(toFigure),
        behindSince: cutOff ? new Date(latest) : null,
        unsealed: unchained.reduce((sum, { late }) => sum + late, 0),
      };
    },
    { isolationLevel: "repeatable read", accessMode: "read only" },
  );
}

/** The figures of both periods, added up to steps; of live sessions the most. */
export function rolledUp({ stepMilliseconds, previousFrom, previousUntil, from }: Period) {
  const step = sql`make_interval(secs => ${stepMilliseconds / 1_000})`;
  const [begin, gap, end] = [previousFrom, previousUntil, from].map((at) => at.toISOString());
  return sql`
    select date_bin(${step}, hour, 'epoch') as at, event, method, outcome,
      (case event when 'sessions_live' then max(count) else sum(count) end)::float8 as count
    from hourly_figures
    where hour >= ${begin} and not (hour >= ${gap} and hour < ${end})
    group by 1, 2, 3, 4`;
}

/** Chained rows behind a position, by the hour. */
export function chainedTail(position: string) {
  return tail(sql`
select ${figureOf}, e.at from (${linksBehind(position, tailAtMost)}) c ${rowOfLink}`);
}

/** Rows without a link, by the hour. */
export function unchainedTail(linked: string) {
  return tail(sql`
    select ${figureOf}, e.at from audit_events e
      left join lateral (select true as found from audit_chain where event_id = e.id limit 1) link on true
    where e.id > ${linked}::bigint and link.found is null
    order by e.id limit ${tailAtMost}`);
}

function tail(rows: ReturnType<typeof sql>) {
  const late = sql`t.at < now() - make_interval(mins => ${sealedWithinMinutes})`;
  return sql`
    select hour as at, event, method, outcome, count(*)::float8 as count,
      (count(*) filter (where ${late}))::float8 as late, max(t.at) as latest
    from (${rows}) as t group by hour, event, method, outcome`;
}

function total(rows: readonly Row[]): number {
  return rows.reduce((sum, { count }) => sum + count, 0);
}

function toFigure({ at, event, method, outcome, count }: Row): StepFigure {
  return { at: new Date(at), event, method, outcome, count };
}
