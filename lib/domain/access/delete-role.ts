import "server-only";
import { eq } from "drizzle-orm";
import { requirePermission } from "./require-permission";
import { roles, userRoles } from "@/db/schema";
import { recordEvent } from "@/lib/domain/audit/record-event";
import { inTransaction, type Context } from "@/lib/domain/context";
import { isRecentOrSystem } from "@/lib/domain/sessions/recent-authentication";
import { isRole } from "@/lib/shared/permissions";
import { failure, success, type Result } from "@/lib/shared/result";

/** Deletes a role that nobody holds. */
export async function deleteRole(
  ctx: Context,
  { name }: { name: string },
): Promise<Result<null, "authentication_not_recent" | "no_such_role" | "people_hold_it">> {
  requirePermission(ctx, "manage:roles");
  if (!isRecentOrSystem(ctx)) return failure("authentication_not_recent");
  return inTransaction(ctx, async (tx) => {
    // Whoever gives the role to somebody meanwhile waits for this lock, and then finds no role.
    const [role] = await tx.db.select().from(roles).where(eq(roles.name, name)).for("update");
    if (role === undefined || isRole(name)) return failure("no_such_role");
    const holders = await tx.db
      .select({ userId: userRoles.userId })
      .from(userRoles)
      .where(eq(userRoles.role, name))
      .limit(1);
    if (holders.length > 0) return failure("people_hold_it");
    await tx.db.delete(roles).where(eq(roles.name, name));
    const { description, permissions } = role;
    await recordEvent(tx, {
      event: "privilege_permissions_changed",
      subjectId: null,
      details: { change: "role_deleted", role: name, before: { description, permissions } },
    });
    return success(null);
  });
}
