import "server-only";
import { sql } from "drizzle-orm";
import { holdsFigures } from "./roll-up-events";
import type { Database } from "@/db/client";
import { sessions } from "@/db/schema";
import { isLive } from "@/lib/domain/sessions/live-session";

const pauseMinutes = 1;

/** Counts the live sessions every minute, whichever instance comes first, and keeps the most of each hour. */
export async function countSessions(database: Database): Promise<void> {
  await database.transaction(async (tx) => {
    if (!(await holdsFigures(tx))) return;
    const [due] = await tx.execute(sql`
      insert into figure_progress (sessions_counted_at) values (now())
      on conflict (id) do update set sessions_counted_at = now()
        where figure_progress.sessions_counted_at is null
          or figure_progress.sessions_counted_at < now() - make_interval(mins => ${pauseMinutes})
      returning id`);
    if (due !== undefined)
      await tx.execute(sql`
        insert into hourly_figures (hour, event, method, outcome, count)
        select date_trunc('hour', now(), 'UTC'), 'sessions_live', '', '', count from (${liveSessions}) as live
        on conflict (hour, event, method, outcome)
          do update set count = greatest(hourly_figures.count, excluded.count)`);
  });
}

/** Reads `sessions_user_id_live_idx` alone, which has every column that it asks about. */
export const liveSessions = sql`select count(*) from ${sessions} where ${isLive()}`;
