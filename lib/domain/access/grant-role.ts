import "server-only";
import { eq } from "drizzle-orm";
import { mayGive } from "./may-give";
import { requirePermission } from "./require-permission";
import { roles, userRoles, users } from "@/db/schema";
import { recordEvent } from "@/lib/domain/audit/record-event";
import { inTransaction, type Context } from "@/lib/domain/context";
import { failure, success, type Result } from "@/lib/shared/result";

export type GrantRoleFailure =
  | "no_such_person"
  | "no_such_role"
  /** The role may do what the actor may not. */
  | "beyond_own_permissions";

/** Gives a person a role; it counts on their next request. @returns false when they had it already. */
export async function grantRole(
  ctx: Context,
  { userId, role }: { userId: string; role: string },
): Promise<Result<boolean, GrantRoleFailure>> {
  requirePermission(ctx, "grant:roles");
  return inTransaction(ctx, async (tx) => {
    // Against an edit of the role or the deletion of the person meanwhile.
    const [wanted] = await tx.db.select().from(roles).where(eq(roles.name, role)).for("share");
    if (wanted === undefined) return failure("no_such_role");
    if (!mayGive(tx, wanted)) return failure("beyond_own_permissions");
    const [person] = await tx.db
      .select({ id: users.id })
      .from(users)
      .where(eq(users.id, userId))
      .for("share");
    if (person === undefined) return failure("no_such_person");
    const grantedBy = tx.actor.kind === "person" ? tx.actor.viewer.userId : null;
    const given = await tx.db
      .insert(userRoles)
      .values({ userId, role, grantedBy })
      .onConflictDoNothing()
      .returning({ role: userRoles.role });
    if (given.length === 0) return success(false);
    await recordEvent(tx, {
      event: "authz_change",
      subjectId: userId,
      details: { change: "role_granted", role },
    });
    return success(true);
  });
}
