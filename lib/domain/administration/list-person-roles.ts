import "server-only";
import { aliasedTable, asc, eq } from "drizzle-orm";
import { roles, userRoles, users } from "@/db/schema";
import { permissionsOf } from "@/lib/domain/access/role-permissions";
import { roleSources } from "@/lib/domain/access/role-sources";
import type { Context } from "@/lib/domain/context";
import { providerName } from "@/lib/domain/oidc/provider-config";
import type { PersonRoleView } from "@/lib/shared/people";

/** The roles of a person that count, with where each comes from, and what they may do altogether. */
export async function listPersonRoles(
  { db }: Context,
  userId: string,
): Promise<{ readonly roles: readonly PersonRoleView[]; readonly permissions: readonly string[] }> {
  const granters = aliasedTable(users, "granters");
  const rows = await db
    .select({
      role: userRoles.role,
      source: userRoles.source,
      since: userRoles.createdAt,
      name: granters.name,
      username: granters.username,
      permissions: roles.permissions,
    })
    .from(userRoles)
    .innerJoin(roles, eq(roles.name, userRoles.role))
    .leftJoin(granters, eq(granters.id, userRoles.grantedBy))
    .where(eq(userRoles.userId, userId))
    .orderBy(asc(userRoles.role), asc(userRoles.source));
  const sources = roleSources();
  const counting = rows.filter(({ source }) => sources.includes(source));
  return {
    roles: counting.map(({ role, source, since, name, username }) => ({
      ...{ role, since },
      claimedBy: source === "granted" ? null : providerName(source),
      grantedBy: name ?? username,
    })),
    permissions: permissionsOf(
      Object.fromEntries(counting.map(({ role, permissions }) => [role, permissions])),
    ),
  };
}
