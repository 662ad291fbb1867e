import { sql } from "drizzle-orm";
import { check, index, jsonb, pgTable, text, timestamp, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { users } from "./users";

/** An identity at an OpenID provider. The identity is (issuer, subject), never the e-mail (OpenID Connect Core 5.7). */
export const accounts = pgTable(
  "accounts",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    /** The configured provider's id when the identity was last used. */
    provider: text("provider").notNull(),
    issuer: text("issuer").notNull(),
    subject: text("subject").notNull(),
    /** ID token and UserInfo claims merged, as of the latest sign-in. */
    claims: jsonb("claims").$type<Record<string, unknown>>().notNull().default({}),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
    lastSignedInAt: timestamp("last_signed_in_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex("accounts_issuer_subject_key").on(table.issuer, table.subject),
    index("accounts_provider_user_id_idx").on(table.provider, table.userId),
    index("accounts_user_id_idx").on(table.userId),
    check("accounts_subject_length_check", sql`char_length(${table.subject}) between 1 and 255`),
  ],
);
