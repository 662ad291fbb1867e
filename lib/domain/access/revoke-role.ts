import "server-only";
import { and, eq } from "drizzle-orm";
import { keepsAdministrator } from "./last-administrator";
import { mayGive } from "./may-give";
import { requirePermission } from "./require-permission";
import { roles, userRoles } from "@/db/schema";
import { recordEvent } from "@/lib/domain/audit/record-event";
import { inTransaction, type Context } from "@/lib/domain/context";
import { failure, success, type Result } from "@/lib/shared/result";

export type RevokeRoleFailure =
  | "no_such_role"
  /** The role may do what the actor may not. */
  | "beyond_own_permissions"
  | "last_administrator";

/**
 * Takes from a person a role that was granted here; it ends with their next request. What a provider claims is for the
 * provider to take back. @returns false when they did not have it.
 */
export async function revokeRole(
  ctx: Context,
  { userId, role }: { userId: string; role: string },
): Promise<Result<boolean, RevokeRoleFailure>> {
  requirePermission(ctx, "grant:roles");
  return inTransaction(ctx, async (tx) => {
    const [wanted] = await tx.db.select().from(roles).where(eq(roles.name, role)).for("share");
    if (wanted === undefined) return failure("no_such_role");
    if (!mayGive(tx, wanted)) return failure("beyond_own_permissions");
    if (role === "admin" && !(await keepsAdministrator(tx, { userIds: [userId], source: "granted" })))
      return failure("last_administrator");
    const taken = await tx.db
      .delete(userRoles)
      .where(and(eq(userRoles.userId, userId), eq(userRoles.role, role), eq(userRoles.source, "granted")))
      .returning({ role: userRoles.role });
    if (taken.length === 0) return success(false);
    await recordEvent(tx, {
      event: "authz_change",
      subjectId: userId,
      details: { change: "role_revoked", role },
    });
    return success(true);
  });
}
