import "server-only";
import type { Context } from "@/lib/domain/context";
import type { Permission } from "@/lib/shared/permissions";
import { mustProveEmail } from "@/lib/shared/views";

/**
 * Somebody asked for what they may not do. Thrown, unlike other expected outcomes, so that no caller can overlook it; it
 * undoes the transaction, and the adapters turn it into a 403 that names the permission, and record it.
 */
export class PermissionDenied extends Error {
  override readonly name = "PermissionDenied";
  readonly permission: Permission;
  /** `unproved`: the permission is there, but the person's e-mail address is not proved. */
  readonly reason: "missing" | "unproved";

  constructor(permission: Permission, reason: PermissionDenied["reason"]) {
    super(`${permission}: ${reason}`);
    this.permission = permission;
    this.reason = reason;
  }
}

/**
 * The first line of every verb of administration (ASVS 8.2.1, 8.3.1). A job of the system's own may do everything.
 * @throws {PermissionDenied}
 */
export function requirePermission({ actor }: Pick<Context, "actor">, permission: Permission): void {
  if (actor.kind === "system") return;
  if (actor.kind === "visitor" || !actor.viewer.permissions.includes(permission))
    throw new PermissionDenied(permission, "missing");
  if (mustProveEmail(actor.viewer)) throw new PermissionDenied(permission, "unproved");
}
