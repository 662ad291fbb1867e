import { sql } from "drizzle-orm";
import { check, index, integer, pgTable, text, timestamp, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { bytea } from "./bytea";
import { users } from "./users";

/** The authority on who is signed in. One row for each sign-in, by whatever method. */
export const sessions = pgTable(
  "sessions",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    /** SHA-256 of the session token; the token itself is in the cookie alone. */
    tokenDigest: bytea("token_digest").notNull(),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    method: text("method", { enum: ["password", "oidc", "email"] }).notNull(),
    provider: text("provider"),
    issuer: text("issuer"),
    subject: text("subject"),
    /** The provider's session id, claim `sid`. */
    providerSessionId: text("provider_session_id"),
    acr: text("acr"),
    amr: text("amr").array(),
    userAgent: text("user_agent"),
    address: text("address"),
    authenticatedAt: timestamp("authenticated_at", { withTimezone: true }).notNull(),
    /**
     * When the person last proved who they are in this session: by a password here, or at the provider as its `auth_time`
     * says. Null when the provider did not say.
     */
    confirmedAt: timestamp("confirmed_at", { withTimezone: true }),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
    lastSeenAt: timestamp("last_seen_at", { withTimezone: true }).notNull().defaultNow(),
    idleTimeoutSeconds: integer("idle_timeout_seconds").notNull(),
    expiresAt: timestamp("expires_at", { withTimezone: true }).notNull(),
    revokedAt: timestamp("revoked_at", { withTimezone: true }),
    revokedReason: text("revoked_reason"),
  },
  (table) => [
    uniqueIndex("sessions_token_digest_key").on(table.tokenDigest),
    // The last two columns are there to count what is live without reading the rows.
    index("sessions_user_id_live_idx")
      .on(table.userId, table.lastSeenAt, table.expiresAt, table.idleTimeoutSeconds)
      .where(sql`${table.revokedAt} is null`),
    index("sessions_issuer_sid_idx").on(table.issuer, table.providerSessionId),
    index("sessions_issuer_subject_idx").on(table.issuer, table.subject),
    index("sessions_expires_at_idx").on(table.expiresAt),
    check("sessions_method_check", sql`${table.method} in ('password', 'oidc', 'email')`),
    check(
      "sessions_oidc_check",
      sql`${table.method} <> 'oidc' or (${table.issuer} is not null and ${table.subject} is not null and ${table.provider} is not null)`,
    ),
    check("sessions_token_digest_check", sql`octet_length(${table.tokenDigest}) = 32`),
  ],
);
