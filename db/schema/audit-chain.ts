import { sql } from "drizzle-orm";
import { bigint, boolean, integer, pgTable, text, timestamp, uniqueIndex } from "drizzle-orm/pg-core";
import { bytea } from "./bytea";

/**
 * One link for each row of the audit log, added once the row is committed. It commits to the row and to the link before.
 * Of the address it holds a salted digest: the address can be erased, and the chain still closes.
 */
export const auditChain = pgTable(
  "audit_chain",
  {
    /** 1, 2, 3 …, without a gap. */
    position: bigint("position", { mode: "bigint" }).primaryKey(),
    eventId: bigint("event_id", { mode: "bigint" }).notNull(),
    /** Gone with the address. */
    salt: bytea("salt"),
    addressDigest: bytea("address_digest"),
    hash: bytea("hash").notNull(),
  },
  (table) => [uniqueIndex("audit_chain_event_id_key").on(table.eventId)],
);

/** One row for each run of the sealer: the end of the chain then, with a code that needs a key which the database has not. */
export const auditSeals = pgTable(
  "audit_seals",
  {
    id: bigint("id", { mode: "bigint" }).primaryKey().generatedAlwaysAsIdentity(),
    /** Of the last link that it covers, and that link's hash. */
    position: bigint("position", { mode: "bigint" }).notNull(),
    hash: bytea("hash").notNull(),
    /** Links up to here were deleted when their time was over: the chain begins after this seal. */
    anchor: boolean("anchor").notNull().default(false),
    keyId: text("key_id").notNull(),
    code: bytea("code").notNull(),
    sealedAt: timestamp("sealed_at", { withTimezone: true }).notNull(),
    links: integer("links").notNull(),
    /** The highest id of the log that was seen then, and the first transaction that had not begun. */
    highestId: bigint("highest_id", { mode: "bigint" }).notNull(),
    nextTransaction: bigint("next_transaction", { mode: "bigint" }).notNull(),
    /** Every row of the log up to this id has its link: the sealer looks no further back. */
    linkedThrough: bigint("linked_through", { mode: "bigint" }).notNull(),
  },
  (table) => [
    uniqueIndex("audit_seals_position_key").on(table.position),
    uniqueIndex("audit_seals_anchor_key")
      .on(table.anchor)
      .where(sql`${table.anchor}`),
  ],
);
