import { sql } from "drizzle-orm";
import { check, pgTable, text, timestamp } from "drizzle-orm/pg-core";
import { permissions } from "../../lib/shared/permissions";

const known = permissions.map((permission) => `'${permission}'`).join(", ");

/** The roles. What the built-in two may do stands in the code, so that a new permission is an administrator's at once. */
export const roles = pgTable(
  "roles",
  {
    name: text("name").primaryKey(),
    description: text("description").notNull().default(""),
    permissions: text("permissions").array().notNull().default([]),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
    updatedAt: timestamp("updated_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    check("roles_name_check", sql`${table.name} ~ '^[a-z][a-z0-9-]{1,38}$'`),
    check("roles_description_length_check", sql`char_length(${table.description}) <= 200`),
    check("roles_permissions_check", sql`${table.permissions} <@ array[${sql.raw(known)}]`),
    check("roles_built_in_check", sql`${table.name} not in ('user', 'admin') or ${table.permissions} = '{}'`),
  ],
);
