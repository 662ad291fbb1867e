import "server-only";
import { sql } from "drizzle-orm";

/**
 * The key that a row `e` of the audit log is counted by. Methods are those that the application writes, so that nothing from
 * elsewhere makes rows.
 */
export const figureOf = sql`date_trunc('hour', e.at, 'UTC') as hour, e.event,
  case when e.details->>'method' in ('password', 'oidc', 'email', 'invitation') then e.details->>'method'
    when e.details ? 'provider' then 'oidc' else '' end as method,
  case when e.details->'locked' = 'true' then 'locked' else '' end as outcome`;

/** The next links `c` of the chain behind a position. */
export function linksBehind(position: string, atMost: number) {
  return sql`
    select position, event_id from audit_chain
    where position > ${position}::bigint order by position limit ${atMost}`;
}

/**
 * The row `e` that a link `c` belongs to. The limit keeps the planner from reading the whole log, which it may think better
 * of without knowing how few links there are.
 */
export const rowOfLink = sql`cross join lateral (select * from audit_events where id = c.event_id limit 1) e`;
