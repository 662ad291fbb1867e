import { sql } from "drizzle-orm";
import { check, index, integer, pgTable, text, timestamp, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { bytea } from "./bytea";
import { users } from "./users";

/**
 * Codes and links that prove something once, for one purpose. A person has one of each purpose: the newest takes the
 * place of the one before.
 */
export const oneTimeProofs = pgTable(
  "one_time_proofs",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    purpose: text("purpose").notNull(),
    /** Whose place the row takes: a person, or the address of somebody unknown. */
    holder: text("holder").notNull(),
    /** Null for nobody: such a proof never succeeds. */
    userId: uuid("user_id").references(() => users.id, { onDelete: "cascade" }),
    /** The address that the proof was sent to. */
    email: text("email"),
    /** SHA-256 of a link's 256-bit token; HMAC-SHA-256 of a code, which is short enough to be guessed from a digest. */
    secretDigest: bytea("secret_digest").notNull(),
    /** SHA-256 of the token of the browser that may use it; null for any browser. */
    browserDigest: bytea("browser_digest"),
    attempts: integer("attempts").notNull().default(0),
    maxAttempts: integer("max_attempts").notNull(),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull(),
    expiresAt: timestamp("expires_at", { withTimezone: true }).notNull(),
    consumedAt: timestamp("consumed_at", { withTimezone: true }),
  },
  (table) => [
    uniqueIndex("one_time_proofs_purpose_holder_key").on(table.purpose, table.holder),
    uniqueIndex("one_time_proofs_secret_digest_key").on(table.secretDigest),
    index("one_time_proofs_user_id_idx").on(table.userId),
    index("one_time_proofs_expires_at_idx").on(table.expiresAt),
    check("one_time_proofs_attempts_check", sql`${table.attempts} between 0 and ${table.maxAttempts}`),
    check("one_time_proofs_secret_digest_check", sql`octet_length(${table.secretDigest}) = 32`),
  ],
);
