import { sql } from "drizzle-orm";
import { boolean, check, index, integer, pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";

/**
 * Mails to be sent, written in the transaction of the change that they tell of. Any instance delivers a row after the
 * commit. The content is sealed, because it may hold a link or a code, and is erased when the mail is delivered or given
 * up; what is left of the row goes a day later.
 */
export const mailOutbox = pgTable(
  "mail_outbox",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    /** In lower case where it is counted; see the index. */
    recipient: text("recipient").notNull(),
    kind: text("kind").notNull(),
    contentSealed: text("content_sealed"),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
    /** After this the mail helps nobody: what it links to has expired. */
    usefulUntil: timestamp("useful_until", { withTimezone: true }).notNull(),
    attempts: integer("attempts").notNull().default(0),
    /** Nobody else takes the row before this time: the end of the lease of an attempt, or of the pause after one. */
    nextAttemptAt: timestamp("next_attempt_at", { withTimezone: true }).notNull().defaultNow(),
    /** An attempt broke off after the message was sent and before the server answered. */
    maybeSent: boolean("maybe_sent").notNull().default(false),
    deliveredAt: timestamp("delivered_at", { withTimezone: true }),
    gaveUpAt: timestamp("gave_up_at", { withTimezone: true }),
    gaveUpReason: text("gave_up_reason"),
  },
  (table) => [
    index("mail_outbox_due_idx")
      .on(table.nextAttemptAt)
      .where(sql`${table.deliveredAt} is null and ${table.gaveUpAt} is null`),
    index("mail_outbox_recipient_idx").on(sql`lower(${table.recipient})`, table.kind, table.createdAt),
    index("mail_outbox_created_at_idx").on(table.createdAt),
    check(
      "mail_outbox_content_check",
      sql`(${table.contentSealed} is null) = (${table.deliveredAt} is not null or ${table.gaveUpAt} is not null)`,
    ),
  ],
);
