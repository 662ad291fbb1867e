import "server-only";
import { isRole, permissions, type Permission, type Role } from "@/lib/shared/permissions";

/** What the built-in roles may do. What the others may do stands in the table of roles. */
const builtIn: Readonly<Record<Role, readonly Permission[]>> = {
  user: ["read:messages"],
  admin: permissions,
};

/** What somebody with this role may do; `kept` is the role's list in the table, which a built-in role does not need. */
export function permissionsOfRole(role: string, kept: readonly string[]): readonly Permission[] {
  return isRole(role) ? builtIn[role] : permissions.filter((permission) => kept.includes(permission));
}

/** The permissions of a person with these roles, by role as in the table; each once, in the order of the list of permissions. */
export function permissionsOf(held: Readonly<Record<string, readonly string[]>>): readonly Permission[] {
  const all = Object.entries(held).flatMap(([role, kept]) => permissionsOfRole(role, kept));
  return permissions.filter((permission) => all.includes(permission));
}
