import { bigint, index, jsonb, pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";

/**
 * What happened, to whom, by whom, from where. Written in the transaction of the change. The ids carry no foreign key:
 * the log outlives the people in it.
 */
export const auditEvents = pgTable(
  "audit_events",
  {
    id: bigint("id", { mode: "bigint" }).primaryKey().generatedAlwaysAsIdentity(),
    at: timestamp("at", { withTimezone: true }).notNull().defaultNow(),
    event: text("event").notNull(),
    actorId: uuid("actor_id"),
    /** The job or peer that acted, where nobody did. */
    actorName: text("actor_name"),
    subjectId: uuid("subject_id"),
    sessionId: uuid("session_id"),
    requestId: text("request_id").notNull(),
    address: text("address"),
    details: jsonb("details").$type<Record<string, unknown>>().notNull().default({}),
  },
  (table) => [
    index("audit_events_at_id_idx").on(table.at, table.id),
    index("audit_events_actor_id_at_id_idx").on(table.actorId, table.at, table.id),
    index("audit_events_subject_id_at_id_idx").on(table.subjectId, table.at, table.id),
    index("audit_events_event_at_id_idx").on(table.event, table.at, table.id),
    index("audit_events_address_at_id_idx").on(table.address, table.at, table.id),
  ],
);
