import "server-only";
import { eq } from "drizzle-orm";
import type { RoleInput } from "./create-role";
import { mayGive } from "./may-give";
import { requirePermission } from "./require-permission";
import { roles } from "@/db/schema";
import { recordEvent } from "@/lib/domain/audit/record-event";
import { inTransaction, type Context } from "@/lib/domain/context";
import { isRecentOrSystem } from "@/lib/domain/sessions/recent-authentication";
import { isRole, permissions as all } from "@/lib/shared/permissions";
import { failure, success, type Result } from "@/lib/shared/result";

/**
 * Changes what a role is for and may do; it counts on the next request of everybody who holds it. Nobody adds or takes
 * away a permission that they do not have.
 */
export async function changeRole(
  ctx: Context,
  { name, description, permissions }: RoleInput,
): Promise<Result<null, "authentication_not_recent" | "no_such_role" | "beyond_own_permissions">> {
  requirePermission(ctx, "manage:roles");
  if (!isRecentOrSystem(ctx)) return failure("authentication_not_recent");
  return inTransaction(ctx, async (tx) => {
    const [before] = await tx.db.select().from(roles).where(eq(roles.name, name)).for("update");
    if (before === undefined || isRole(name)) return failure("no_such_role");
    const touched = all.filter((one) => before.permissions.includes(one) !== permissions.includes(one));
    if (!mayGive(tx, { name, permissions: touched })) return failure("beyond_own_permissions");
    await tx.db
      .update(roles)
      .set({ description, permissions: [...permissions], updatedAt: tx.now() })
      .where(eq(roles.name, name));
    await recordEvent(tx, {
      event: "privilege_permissions_changed",
      subjectId: null,
      details: {
        change: "role_changed",
        role: name,
        before: { description: before.description, permissions: before.permissions },
        after: { description, permissions },
      },
    });
    return success(null);
  });
}
