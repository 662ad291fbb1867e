import { sql } from "drizzle-orm";
import { check, index, integer, pgTable, primaryKey, text, timestamp, uuid } from "drizzle-orm/pg-core";
import { users } from "./users";

/**
 * A change to many people that somebody ordered. Any instance works it off, some people at a time, as whoever ordered it:
 * with their session and permissions of the moment.
 */
export const bulkJobs = pgTable(
  "bulk_jobs",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    actorId: uuid("actor_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    /** The session that ordered it. No foreign key: when the session is gone the job has stopped. */
    sessionId: uuid("session_id").notNull(),
    /** Where the order came from, for the audit rows. */
    requestId: text("request_id").notNull(),
    address: text("address"),
    kind: text("kind", { enum: ["suspend", "grant-role", "revoke-role", "end-sessions"] }).notNull(),
    role: text("role"),
    reason: text("reason"),
    suspendedUntil: timestamp("suspended_until", { withTimezone: true }),
    total: integer("total").notNull(),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
    /** Until then it is the instance's that works on it; it renews this with every batch. */
    leaseUntil: timestamp("lease_until", { withTimezone: true }),
    finishedAt: timestamp("finished_at", { withTimezone: true }),
    stopped: text("stopped", { enum: ["stopped", "session_ended", "permission_lost"] }),
  },
  (table) => [
    index("bulk_jobs_open_idx")
      .on(table.createdAt)
      .where(sql`${table.finishedAt} is null`),
    index("bulk_jobs_finished_at_idx").on(table.finishedAt),
    index("bulk_jobs_actor_id_idx").on(table.actorId),
    check("bulk_jobs_reason_check", sql`char_length(${table.reason}) between 1 and 500`),
  ],
);

/** One person of a job. `outcome` is written in the transaction of the change, so that nobody has a second turn. */
export const bulkJobPeople = pgTable(
  "bulk_job_people",
  {
    jobId: uuid("job_id")
      .notNull()
      .references(() => bulkJobs.id, { onDelete: "cascade" }),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    outcome: text("outcome"),
    at: timestamp("at", { withTimezone: true }),
  },
  (table) => [
    primaryKey({ columns: [table.jobId, table.userId] }),
    index("bulk_job_people_open_idx")
      .on(table.jobId, table.userId)
      .where(sql`${table.outcome} is null`),
    index("bulk_job_people_user_id_idx").on(table.userId),
  ],
);
