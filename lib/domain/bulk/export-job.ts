import "server-only";
import { and, asc, eq, gt } from "drizzle-orm";
import { bulkJobPeople, bulkJobs, users } from "@/db/schema";
import { requirePermission } from "@/lib/domain/access/require-permission";
import { recordEvent } from "@/lib/domain/audit/record-event";
import type { Context } from "@/lib/domain/context";
import { csvLine } from "@/lib/platform/csv";

const atOnce = 2_000;

/**
 * What came of a job, person by person, as CSV in pieces; null when there is no such job. The download is written down first.
 * @throws {PermissionDenied}
 */
export async function exportJob(
  ctx: Context,
  { jobId }: { jobId: string },
): Promise<AsyncGenerator<string> | null> {
  requirePermission(ctx, "read:users");
  const [job] = await ctx.db.select({ kind: bulkJobs.kind }).from(bulkJobs).where(eq(bulkJobs.id, jobId));
  if (job === undefined) return null;
  const details = { change: "bulk_downloaded", job: jobId, kind: job.kind };
  await recordEvent(ctx, { event: "authz_admin", subjectId: null, details });
  return pieces();

  async function* pieces(): AsyncGenerator<string> {
    yield csvLine(["id", "name", "username", "email", "outcome", "at"]);
    for (let after: string | undefined; ;) {
      const rows = await ctx.db
        .select({
          ...{ id: users.id, name: users.name, username: users.username, email: users.email },
          ...{ outcome: bulkJobPeople.outcome, at: bulkJobPeople.at },
        })
        .from(bulkJobPeople)
        .innerJoin(users, eq(users.id, bulkJobPeople.userId))
        .where(
          and(
            eq(bulkJobPeople.jobId, jobId),
            after === undefined ? undefined : gt(bulkJobPeople.userId, after),
          ),
        )
        .orderBy(asc(bulkJobPeople.userId))
        .limit(atOnce);
      yield rows
        .map(({ id, name, username, email, outcome, at }) =>
          csvLine([id, name, username, email, outcome ?? "not_done", at?.toISOString() ?? null]),
        )
        .join("");
      after = rows.at(-1)?.id;
      if (rows.length < atOnce) return;
    }
  }
}
