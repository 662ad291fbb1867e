import { sql } from "drizzle-orm";
import { bigint, boolean, check, pgTable, primaryKey, text, timestamp } from "drizzle-orm/pg-core";

/**
 * How often something happened in an hour (UTC), by method and outcome; empty where there is none. `sessions_live` is no
 * sum: the most sessions that were counted in that hour.
 */
export const hourlyFigures = pgTable(
  "hourly_figures",
  {
    hour: timestamp("hour", { withTimezone: true }).notNull(),
    event: text("event").notNull(),
    method: text("method").notNull(),
    outcome: text("outcome").notNull(),
    count: bigint("count", { mode: "number" }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.hour, table.event, table.method, table.outcome] })],
);

/** The one row that says how far the figures are. */
export const figureProgress = pgTable(
  "figure_progress",
  {
    id: boolean("id").primaryKey().default(true),
    /** Rows of the audit log are counted up to this position of its chain. */
    position: bigint("position", { mode: "bigint" })
      .notNull()
      .default(sql`0`),
    sessionsCountedAt: timestamp("sessions_counted_at", { withTimezone: true }),
  },
  (table) => [check("figure_progress_id_check", sql`${table.id}`)],
);
