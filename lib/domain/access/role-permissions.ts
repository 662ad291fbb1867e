import "server-only";
import { permissions, type Permission, type Role } from "@/lib/shared/permissions";

/** The one table of what each role may do. */
const rolePermissions: Readonly<Record<Role, readonly Permission[]>> = {
  user: ["read:messages"],
  admin: ["read:messages", "read:admin-messages"],
};

/** The permissions of a person with these roles, each once, in the order of the list of permissions. */
export function permissionsOf(roles: readonly Role[]): readonly Permission[] {
  return permissions.filter((permission) => roles.some((role) => rolePermissions[role].includes(permission)));
}
