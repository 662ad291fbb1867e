import "server-only";
import { eq, sql } from "drizzle-orm";
import type { BulkOrder } from "./target-fields";
import { targetIds } from "./targets";
import { bulkJobs, roles } from "@/db/schema";
import { mayGive } from "@/lib/domain/access/may-give";
import { requirePermission } from "@/lib/domain/access/require-permission";
import { recordEvent } from "@/lib/domain/audit/record-event";
import { inTransaction, type PersonContext } from "@/lib/domain/context";
import { isRecentlyAuthenticated } from "@/lib/domain/sessions/recent-authentication";
import { bulkPermissions, maxBulkPeople } from "@/lib/shared/bulk";
import { failure, success, type Result } from "@/lib/shared/result";

export type StartBulkFailure =
  | "authentication_not_recent"
  | "no_such_role"
  | "beyond_own_permissions"
  | "nobody"
  | "too_many"
  /** More people are named than the preview showed. */
  | "changed_since_preview";

/** Undoes the transaction that has listed the wrong number of people. */
class WrongNumber extends Error {
  readonly fault: StartBulkFailure;

  constructor(fault: StartBulkFailure) {
    super(fault);
    this.fault = fault;
  }
}

/**
 * Orders a change to many people, each of whom is named now and changed later by {@link workBulkJobs}.
 * @returns the id of the job.
 * @throws {PermissionDenied}
 */
export async function startBulk(
  ctx: PersonContext,
  order: BulkOrder,
): Promise<Result<string, StartBulkFailure>> {
  requirePermission(ctx, "read:users");
  requirePermission(ctx, bulkPermissions[order.kind]);
  if (!isRecentlyAuthenticated(ctx)) return failure("authentication_not_recent");
  const { kind, changedRole, reason = null, until = null } = order;
  const ofRole = kind === "grant-role" || kind === "revoke-role";
  if (ofRole) {
    const [role] = await ctx.db
      .select()
      .from(roles)
      .where(eq(roles.name, changedRole ?? ""));
    if (role === undefined) return failure("no_such_role");
    if (!mayGive(ctx, role)) return failure("beyond_own_permissions");
  }
  try {
    return await inTransaction(ctx, async (tx) => {
      const { userId, sessionId } = tx.actor.viewer;
      const role = ofRole ? (changedRole ?? null) : null;
      const [job] = await tx.db
        .insert(bulkJobs)
        .values({
          ...{
            actorId: userId,
            sessionId,
            requestId: tx.requestId,
            address: tx.address,
            kind,
            role,
            total: 0,
          },
          ...(kind === "suspend" ? { reason, suspendedUntil: until } : {}),
        })
        .returning({ id: bulkJobs.id });
      if (job === undefined) throw new Error("the job was not returned");
      const total = await listPeople(tx, job.id, order);
      const fault = faultOf(total, order.expected);
      if (fault !== null) throw new WrongNumber(fault);
      await tx.db.update(bulkJobs).set({ total }).where(eq(bulkJobs.id, job.id));
      await recordEvent(tx, {
        event: "authz_admin",
        subjectId: null,
        details: { change: "bulk_ordered", job: job.id, kind, role, people: total },
      });
      return success(job.id);
    });
  } catch (error) {
    if (error instanceof WrongNumber) return failure(error.fault);
    throw error;
  }
}

async function listPeople(tx: PersonContext, jobId: string, order: BulkOrder): Promise<number> {
  const [added] = await tx.db.execute<{ count: number }>(sql`
    with added as (
      insert into bulk_job_people (job_id, user_id)
      select ${jobId}::uuid, target.id from (${targetIds(order)}) as target returning 1
    ) select count(*)::int as count from added`);
  return added?.count ?? 0;
}

function faultOf(total: number, expected: number): StartBulkFailure | null {
  if (total === 0) return "nobody";
  if (total > maxBulkPeople) return "too_many";
  return total > expected ? "changed_since_preview" : null;
}
