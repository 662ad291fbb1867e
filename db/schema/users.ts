import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  index,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { roles } from "./roles";

export const users = pgTable(
  "users",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    username: text("username"),
    name: text("name"),
    email: text("email"),
    emailVerified: timestamp("email_verified_at", { withTimezone: true, mode: "date" }),
    /** An https URL (loopback http in development), or the path of an uploaded picture. */
    image: text("image"),
    /** Chosen here by the person: no provider changes it any more. */
    ownName: boolean("own_name").notNull().default(false),
    ownImage: boolean("own_image").notNull().default(false),
    /** Whether there is an identity in `accounts`; a trigger there keeps it. */
    hasIdentity: boolean("has_identity").notNull().default(false),
    /** What the database would else take for frequent, and look for among everybody: it has no statistics of two tables. */
    unprovedIdentity: boolean("unproved_identity")
      .notNull()
      .generatedAlwaysAs(sql`has_identity and email_verified_at is null`),
    status: text("status", { enum: ["active", "suspended"] })
      .notNull()
      .default("active"),
    /** Set with the next two when `status` becomes `suspended`. */
    suspendedAt: timestamp("suspended_at", { withTimezone: true }),
    /** When the suspension ends by itself; null when somebody has to end it. */
    suspendedUntil: timestamp("suspended_until", { withTimezone: true }),
    suspensionReason: text("suspension_reason"),
    /** To the hour; null before the first sign-in. A session knows its own use to the minute. */
    lastSeenAt: timestamp("last_seen_at", { withTimezone: true }),
    /** When everything about the person is deleted, unless they sign in before. */
    deletionDueAt: timestamp("deletion_due_at", { withTimezone: true }),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
    updatedAt: timestamp("updated_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex("users_username_lower_key").on(sql`lower(${table.username})`),
    // An address belongs to whoever proved it. Before that any number of accounts may claim it, so that nobody can keep
    // its owner out, or learn from a sign-up that it is known.
    uniqueIndex("users_verified_email_key")
      .on(sql`lower(${table.email})`)
      .where(sql`${table.emailVerified} is not null`),
    index("users_email_lower_idx").on(sql`lower(${table.email})`),
    // The orders in which administrators page through everybody.
    index("users_created_at_id_idx").on(table.createdAt, table.id),
    index("users_shown_name_idx").on(
      sql`lower(coalesce(${table.name}, ${table.username}, ${table.email}, ''))`,
      table.id,
    ),
    index("users_last_seen_idx").on(
      sql`coalesce(${table.lastSeenAt}, '-infinity'::timestamp with time zone)`,
      table.id,
    ),
    // What few have, so that a page of it is not looked for among everybody.
    index("users_suspended_idx")
      .on(table.createdAt, table.id)
      .where(sql`${table.status} = 'suspended'`),
    index("users_unverified_idx")
      .on(table.createdAt, table.id)
      .where(sql`${table.emailVerified} is null`),
    index("users_unproved_identity_idx")
      .on(table.createdAt, table.id)
      .where(sql`${table.unprovedIdentity}`),
    index("users_deletion_due_at_idx")
      .on(table.deletionDueAt)
      .where(sql`${table.deletionDueAt} is not null`),
    check("users_suspension_reason_check", sql`char_length(${table.suspensionReason}) between 1 and 500`),
    check("users_status_check", sql`${table.status} in ('active', 'suspended')`),
    check("users_username_check", sql`${table.username} ~ '^[A-Za-z0-9][A-Za-z0-9._-]{1,38}$'`),
    check("users_email_length_check", sql`char_length(${table.email}) between 3 and 254`),
    check("users_name_length_check", sql`char_length(${table.name}) between 1 and 200`),
    check("users_image_length_check", sql`char_length(${table.image}) <= 2048`),
  ],
);

/** A role of a person and where it comes from: `granted` here, or claimed by the provider with that id. */
export const userRoles = pgTable(
  "user_roles",
  {
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    role: text("role")
      .notNull()
      .references(() => roles.name),
    source: text("source").notNull().default("granted"),
    grantedBy: uuid("granted_by").references(() => users.id, { onDelete: "set null" }),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.userId, table.role, table.source] }),
    index("user_roles_role_idx").on(table.role, table.userId),
    index("user_roles_granted_by_idx").on(table.grantedBy),
  ],
);
