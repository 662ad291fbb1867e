import { sql } from "drizzle-orm";
import { check, index, jsonb, pgTable, text, timestamp, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { bytea } from "./bytea";
import { users } from "./users";

/**
 * An identity whose provider has proved it and which waits for one person to confirm that it is theirs. Short-lived,
 * used once, and of use to one browser alone.
 */
export const pendingIdentities = pgTable(
  "pending_identities",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    /** SHA-256 of the token in the browser's cookie. */
    tokenDigest: bytea("token_digest").notNull(),
    /** The only person who may confirm. */
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    provider: text("provider").notNull(),
    issuer: text("issuer").notNull(),
    subject: text("subject").notNull(),
    claims: jsonb("claims").$type<Record<string, unknown>>().notNull(),
    /** What the token endpoint answered; an envelope of the vault. */
    tokensSealed: text("tokens_sealed").notNull(),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
    expiresAt: timestamp("expires_at", { withTimezone: true }).notNull(),
  },
  (table) => [
    uniqueIndex("pending_identities_token_digest_key").on(table.tokenDigest),
    uniqueIndex("pending_identities_issuer_subject_key").on(table.issuer, table.subject),
    index("pending_identities_user_id_idx").on(table.userId),
    index("pending_identities_expires_at_idx").on(table.expiresAt),
    check("pending_identities_token_digest_check", sql`octet_length(${table.tokenDigest}) = 32`),
    check("pending_identities_subject_length_check", sql`char_length(${table.subject}) between 1 and 255`),
  ],
);
