import { sql } from "drizzle-orm";
import { check, jsonb, pgTable, text, timestamp } from "drizzle-orm/pg-core";

/** The keys with which the application signs access tokens for people with local accounts. */
export const signingKeys = pgTable(
  "signing_keys",
  {
    /** JWK thumbprint (RFC 7638). */
    kid: text("kid").primaryKey(),
    algorithm: text("algorithm").notNull(),
    publicJwk: jsonb("public_jwk").$type<Record<string, string>>().notNull(),
    privateKeySealed: text("private_key_sealed").notNull(),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
    /** Signs from this time on: after every instance and every API has had the time to see it in the JWKS. */
    activeAt: timestamp("active_at", { withTimezone: true }).notNull(),
    /** Leaves the JWKS at this time; null while it signs. */
    retiresAt: timestamp("retires_at", { withTimezone: true }),
  },
  (table) => [check("signing_keys_algorithm_check", sql`${table.algorithm} = 'ES256'`)],
);
