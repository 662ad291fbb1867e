import "server-only";
import { sql } from "drizzle-orm";
import { requirePermission } from "./require-permission";
import { permissionsOfRole } from "./role-permissions";
import { roles, userRoles } from "@/db/schema";
import type { Context } from "@/lib/domain/context";
import { isRole } from "@/lib/shared/permissions";
import { maxCountedPeople, type RoleView } from "@/lib/shared/roles";

/** Every role with what it may do, the built-in ones first. */
export async function listRoles(ctx: Context): Promise<readonly RoleView[]> {
  requirePermission(ctx, "read:roles");
  const holders = sql`(select distinct r.user_id from ${userRoles} r where r.role = ${roles.name} limit ${maxCountedPeople})`;
  const rows = await ctx.db
    .select({
      name: roles.name,
      description: roles.description,
      kept: roles.permissions,
      people: sql<number>`(select count(*)::int from ${holders} h)`,
    })
    .from(roles)
    .orderBy(sql`${roles.name} not in ('user', 'admin')`, roles.createdAt, sql`${roles.name} desc`);
  return rows.map(({ name, description, kept, people }) => ({
    ...{ name, description, people },
    builtIn: isRole(name),
    permissions: permissionsOfRole(name, kept),
  }));
}
