import "server-only";
import { mayGive } from "./may-give";
import { requirePermission } from "./require-permission";
import { roles } from "@/db/schema";
import { recordEvent } from "@/lib/domain/audit/record-event";
import { inTransaction, type Context } from "@/lib/domain/context";
import { isRecentOrSystem } from "@/lib/domain/sessions/recent-authentication";
import { isRole, type Permission } from "@/lib/shared/permissions";
import { failure, success, type Result } from "@/lib/shared/result";

export interface RoleInput {
  readonly name: string;
  readonly description: string;
  readonly permissions: readonly Permission[];
}

/** Makes a role, which may do no more than its maker. */
export async function createRole(
  ctx: Context,
  { name, description, permissions }: RoleInput,
): Promise<Result<null, "authentication_not_recent" | "name_taken" | "beyond_own_permissions">> {
  requirePermission(ctx, "manage:roles");
  if (!isRecentOrSystem(ctx)) return failure("authentication_not_recent");
  if (isRole(name)) return failure("name_taken");
  if (!mayGive(ctx, { name, permissions })) return failure("beyond_own_permissions");
  return inTransaction(ctx, async (tx) => {
    const made = await tx.db
      .insert(roles)
      .values({ name, description, permissions: [...permissions] })
      .onConflictDoNothing()
      .returning({ name: roles.name });
    if (made.length === 0) return failure("name_taken");
    await recordEvent(tx, {
      event: "privilege_permissions_changed",
      subjectId: null,
      details: { change: "role_created", role: name, after: { description, permissions } },
    });
    return success(null);
  });
}
