import "server-only";
import { accessFor } from "@/lib/routes";
import type { Permission } from "@/lib/shared/permissions";
import { mustProveEmail, type Viewer } from "@/lib/shared/views";

export type AccessDecision =
  | { readonly kind: "allowed" }
  | { readonly kind: "denied"; readonly permission: Permission }
  /** The policy asks for a proved e-mail address. */
  | { readonly kind: "unverified" };

/** Whether `viewer` may open the gated page at `pathname`, by the route policy. A path without a rule needs a viewer and no more. */
export function decideAccess(pathname: string, viewer: Viewer): AccessDecision {
  const access = accessFor(pathname);
  if (access?.kind === "permission" && !viewer.permissions.includes(access.permission))
    return { kind: "denied", permission: access.permission };
  if (access !== undefined && "verified" in access && mustProveEmail(viewer)) return { kind: "unverified" };
  return { kind: "allowed" };
}
