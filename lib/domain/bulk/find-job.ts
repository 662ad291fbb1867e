import "server-only";
import { and, count, eq, isNotNull } from "drizzle-orm";
import { bulkJobPeople, bulkJobs, users } from "@/db/schema";
import { requirePermission } from "@/lib/domain/access/require-permission";
import type { Context } from "@/lib/domain/context";
import type { BulkJobView, BulkOutcome } from "@/lib/shared/bulk";
import { shownName } from "@/lib/shared/shown-name";

/** How far a job is; null when there is none with this id. @throws {PermissionDenied} */
export async function findJob(ctx: Context, { jobId }: { jobId: string }): Promise<BulkJobView | null> {
  requirePermission(ctx, "read:users");
  const [found] = await ctx.db
    .select({ job: bulkJobs, name: users.name, username: users.username, email: users.email })
    .from(bulkJobs)
    .innerJoin(users, eq(users.id, bulkJobs.actorId))
    .where(eq(bulkJobs.id, jobId));
  if (found === undefined) return null;
  const { job, name, username, email } = found;
  const outcomes = await ctx.db
    .select({ outcome: bulkJobPeople.outcome, count: count() })
    .from(bulkJobPeople)
    .where(and(eq(bulkJobPeople.jobId, jobId), isNotNull(bulkJobPeople.outcome)))
    .groupBy(bulkJobPeople.outcome);
  const { id, kind, role, createdAt, finishedAt, stopped, total } = job;
  return {
    ...{ id, kind, role, createdAt, finishedAt, stopped, total },
    orderedBy: shownName({ name, username, email }),
    past: outcomes.reduce((sum, one) => sum + one.count, 0),
    outcomes: outcomes
      .map((one) => ({ outcome: one.outcome as BulkOutcome, count: one.count }))
      .sort((one, other) => other.count - one.count),
  };
}
