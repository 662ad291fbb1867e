import "server-only";
import { actOn, type ActionFault } from "./act-on";
import { grantRole, type GrantRoleFailure } from "@/lib/domain/access/grant-role";
import { revokeRole, type RevokeRoleFailure } from "@/lib/domain/access/revoke-role";
import type { PersonContext } from "@/lib/domain/context";
import type { Result } from "@/lib/shared/result";

interface Input {
  readonly userId: string;
  readonly role: string;
  readonly change: "grant" | "revoke";
}

/** Gives another person a role, or takes away one that was granted here. @returns false when it was so already. */
export function changeRole(
  ctx: PersonContext,
  { userId, role, change }: Input,
): Promise<Result<boolean, ActionFault | GrantRoleFailure | RevokeRoleFailure>> {
  return actOn(ctx, { permission: "grant:roles", userId }, (tx) =>
    change === "grant" ? grantRole(tx, { userId, role }) : revokeRole(tx, { userId, role }),
  );
}
