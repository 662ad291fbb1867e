import "server-only";
import { permissionsOfRole } from "./role-permissions";
import type { Context } from "@/lib/domain/context";

/** Whether the actor may do all that the role may: nobody gives, takes or shapes more than they have. */
export function mayGive(
  { actor }: Pick<Context, "actor">,
  role: { readonly name: string; readonly permissions: readonly string[] },
): boolean {
  if (actor.kind === "system") return true;
  if (actor.kind === "visitor") return false;
  const own = actor.viewer.permissions;
  return permissionsOfRole(role.name, role.permissions).every((permission) => own.includes(permission));
}
