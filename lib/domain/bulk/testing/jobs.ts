import { randomUUID } from "node:crypto";
import { and, eq, inArray } from "drizzle-orm";
import { startBulk } from "../start-bulk";
import { bulkOrderSchema } from "../target-fields";
import { database } from "@/db/client";
import { bulkJobPeople, bulkJobs, userRoles, users } from "@/db/schema";
import type { PersonContext } from "@/lib/domain/context";

/** Without jobs and administrators of other tests. */
export async function beginAnew(): Promise<void> {
  await database().delete(bulkJobs);
  await database().delete(userRoles).where(eq(userRoles.role, "admin"));
}

export const idOf = ({ actor }: PersonContext): string => actor.viewer.userId;

/** New people, in the order in which they have their turn. */
export async function crowd(count: number): Promise<string[]> {
  const rows = Array.from({ length: count }, () => ({ username: `b${randomUUID().slice(0, 12)}` }));
  const made = await database().insert(users).values(rows).returning({ id: users.id });
  return made.map(({ id }) => id).sort();
}

export const suspension = (ids: readonly string[], expected = ids.length) => ({
  ...bulkOrderSchema.parse({ kind: "suspend", scope: "selected", ids: ids.join(","), expected }),
  reason: "Spam",
  until: null,
});

export async function ordered(ctx: PersonContext, ids: readonly string[]): Promise<string> {
  const started = await startBulk(ctx, suspension(ids));
  if (!started.ok) throw new Error(started.error);
  return started.value;
}

export async function outcomes(jobId: string): Promise<Record<string, string | null>> {
  const rows = await database().select().from(bulkJobPeople).where(eq(bulkJobPeople.jobId, jobId));
  return Object.fromEntries(rows.map(({ userId, outcome }) => [userId, outcome]));
}

export async function suspended(ids: readonly string[]): Promise<number> {
  const which = and(inArray(users.id, [...ids]), eq(users.status, "suspended"));
  return (await database().select({ id: users.id }).from(users).where(which)).length;
}
