import { pgTable, text, timestamp } from "drizzle-orm/pg-core";

/** When each task of lib/domain/housekeeping was last done, by whichever process. */
export const taskRuns = pgTable("task_runs", {
  task: text("task").primaryKey(),
  doneAt: timestamp("done_at", { withTimezone: true }).notNull(),
});
