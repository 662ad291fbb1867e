import "server-only";
import { randomUUID } from "node:crypto";
import { and, count, eq, isNull, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { bulkJobPeople, bulkJobs } from "@/db/schema";
import { requirePermission } from "@/lib/domain/access/require-permission";
import { recordEvent } from "@/lib/domain/audit/record-event";
import { inTransaction, type Context, type PersonContext } from "@/lib/domain/context";
import { bulkPermissions, type BulkStop } from "@/lib/shared/bulk";

/** Ends a job; `stop` says why before its time. A job that is over stays as it is. */
export function endJob(database: Database, jobId: string, stop: BulkStop | null): Promise<boolean> {
  const ctx = {
    actor: { kind: "system", name: "bulk-changes" },
    requestId: randomUUID(),
    address: null,
    userAgent: null,
    now: () => new Date(),
    db: database,
  } as const;
  return end(ctx, jobId, stop);
}

/**
 * Stops a job before its next person, for whoever may do to one person what it does.
 * @returns false when it was over already
 * @throws {PermissionDenied}
 */
export async function stopJob(ctx: PersonContext, { jobId }: { jobId: string }): Promise<boolean> {
  requirePermission(ctx, "read:users");
  const [job] = await ctx.db.select({ kind: bulkJobs.kind }).from(bulkJobs).where(eq(bulkJobs.id, jobId));
  if (job === undefined) return false;
  requirePermission(ctx, bulkPermissions[job.kind]);
  return end(ctx, jobId, "stopped");
}

function end(ctx: Context, jobId: string, stop: BulkStop | null): Promise<boolean> {
  return inTransaction(ctx, async (tx) => {
    const [job] = await tx.db
      .update(bulkJobs)
      .set({ finishedAt: sql`now()`, stopped: stop, leaseUntil: null })
      .where(and(eq(bulkJobs.id, jobId), isNull(bulkJobs.finishedAt)))
      .returning();
    if (job === undefined) return false;
    const outcomes = await tx.db
      .select({ outcome: bulkJobPeople.outcome, people: count() })
      .from(bulkJobPeople)
      .where(eq(bulkJobPeople.jobId, jobId))
      .groupBy(bulkJobPeople.outcome);
    await recordEvent(tx, {
      event: "authz_admin",
      subjectId: null,
      details: {
        change: stop === null ? "bulk_finished" : "bulk_stopped",
        ...{ job: jobId, kind: job.kind, reason: stop },
        people: Object.fromEntries(outcomes.map(({ outcome, people }) => [outcome ?? "not_done", people])),
      },
    });
    return true;
  });
}
