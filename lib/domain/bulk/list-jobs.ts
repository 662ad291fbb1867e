import "server-only";
import { desc, eq } from "drizzle-orm";
import { bulkJobs, users } from "@/db/schema";
import { requirePermission } from "@/lib/domain/access/require-permission";
import type { Context } from "@/lib/domain/context";
import type { BulkJobSummary } from "@/lib/shared/bulk";
import { shownName } from "@/lib/shared/shown-name";

const atMost = 50;

/** The changes to many people that were ordered last, newest first, by whomever. @throws {PermissionDenied} */
export async function listJobs(ctx: Context): Promise<BulkJobSummary[]> {
  requirePermission(ctx, "read:users");
  const { id, kind, role, total, createdAt, finishedAt, stopped } = bulkJobs;
  const rows = await ctx.db
    .select({
      ...{ id, kind, role, total, createdAt, finishedAt, stopped },
      ...{ name: users.name, username: users.username, email: users.email },
    })
    .from(bulkJobs)
    .innerJoin(users, eq(users.id, bulkJobs.actorId))
    .orderBy(desc(createdAt), desc(id))
    .limit(atMost);
  return rows.map(({ name, username, email, ...job }) => ({
    ...job,
    orderedBy: shownName({ name, username, email }),
  }));
}
