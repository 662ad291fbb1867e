import { index, pgTable, primaryKey, text, timestamp } from "drizzle-orm/pg-core";

/** Token ids (`jti`) that may be used once and were; kept until the token could not be used anyway. */
export const seenTokenIds = pgTable(
  "seen_token_ids",
  {
    issuer: text("issuer").notNull(),
    tokenId: text("token_id").notNull(),
    expiresAt: timestamp("expires_at", { withTimezone: true }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.issuer, table.tokenId] }),
    index("seen_token_ids_expires_at_idx").on(table.expiresAt),
  ],
);
