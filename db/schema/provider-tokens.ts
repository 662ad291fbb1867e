import { sql } from "drizzle-orm";
import { check, index, integer, pgTable, text, timestamp, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { sessions } from "./sessions";
import { users } from "./users";

/**
 * The grant that a sign-in received from a provider. One for each session and provider, so that signing out on one
 * device never takes the tokens of another. The sealed columns are AES-256-GCM envelopes; see the vault.
 */
export const providerTokens = pgTable(
  "provider_tokens",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    sessionId: uuid("session_id")
      .notNull()
      .references(() => sessions.id, { onDelete: "cascade" }),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    provider: text("provider").notNull(),
    issuer: text("issuer").notNull(),
    subject: text("subject").notNull(),
    accessTokenSealed: text("access_token_sealed"),
    refreshTokenSealed: text("refresh_token_sealed"),
    idTokenSealed: text("id_token_sealed"),
    scope: text("scope"),
    /** When the access token ends; null when the provider did not say. */
    expiresAt: timestamp("expires_at", { withTimezone: true }),
    /** How long the access token lives in all, in seconds; null when the provider did not say. */
    lifetimeSeconds: integer("lifetime_seconds"),
    obtainedAt: timestamp("obtained_at", { withTimezone: true }).notNull().defaultNow(),
    refreshedAt: timestamp("refreshed_at", { withTimezone: true }),
    /** Consecutive transient failures and the time before which the provider is left alone. */
    refreshFailures: integer("refresh_failures").notNull().default(0),
    retryAfter: timestamp("retry_after", { withTimezone: true }),
    endedAt: timestamp("ended_at", { withTimezone: true }),
    endedReason: text("ended_reason"),
  },
  (table) => [
    uniqueIndex("provider_tokens_session_provider_key").on(table.sessionId, table.provider),
    index("provider_tokens_user_id_idx").on(table.userId),
    check("provider_tokens_lifetime_check", sql`${table.lifetimeSeconds} > 0`),
  ],
);
