import "server-only";
import { accessFor } from "@/lib/routes";
import type { Permission } from "@/lib/shared/permissions";
import { mustProveEmail, type Viewer } from "@/lib/shared/views";

export type AccessDecision =
  | { readonly kind: "allowed" }
  | { readonly kind: "denied"; readonly permission: Permission }
  /** Permissions are for those whose e-mail address, if they gave one, is proved. */
  | { readonly kind: "unverified"; readonly permission: Permission };

/** Whether `viewer` may open the gated page at `pathname`, by the route policy. A path without a rule needs a viewer and no more. */
export function decideAccess(pathname: string, viewer: Viewer): AccessDecision {
  const access = accessFor(pathname);
  if (access?.kind !== "permission") return { kind: "allowed" };
  const { permission } = access;
  if (!viewer.permissions.includes(permission)) return { kind: "denied", permission };
  return mustProveEmail(viewer) ? { kind: "unverified", permission } : { kind: "allowed" };
}
