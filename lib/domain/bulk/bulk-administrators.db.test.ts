import { randomUUID } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { afterAll, beforeEach, describe, expect, it, vi } from "vitest";
import { previewBulk } from "./preview-bulk";
import { startBulk } from "./start-bulk";
import { bulkOrderSchema, bulkTargetSchema } from "./target-fields";
import { beginAnew, idOf, ordered, outcomes, suspended } from "./testing/jobs";
import { workBulkJobs } from "./work-bulk-jobs";
import { sql as connection, database } from "@/db/client";
import { roles, userRoles, users } from "@/db/schema";
import type { PersonContext } from "@/lib/domain/context";
import { liveContext, localPerson } from "@/lib/domain/tokens/testing/people";
import { permissions } from "@/lib/shared/permissions";

const endpoint = await vi.hoisted(async () =>
  (await import("@/lib/domain/tokens/testing/environment")).configuredEndpoint(),
);

afterAll(async () => {
  await connection().end();
  await endpoint.stop();
});

beforeEach(beginAnew);

/** Somebody who may do everything, and is no administrator. */
async function deputy(): Promise<PersonContext> {
  const role = `r${randomUUID().slice(0, 8)}`;
  await database()
    .insert(roles)
    .values({ name: role, permissions: [...permissions] });
  const person = await localPerson();
  await database()
    .insert(userRoles)
    .values({ userId: idOf(person), role });
  return liveContext(person.actor.viewer.sessionId);
}

async function activeAdministrators(): Promise<string[]> {
  const rows = await database()
    .select({ id: users.id })
    .from(userRoles)
    .innerJoin(users, eq(users.id, userRoles.userId))
    .where(and(eq(userRoles.role, "admin"), eq(users.status, "active")));
  return rows.map(({ id }) => id);
}

describe("a change to many administrators", () => {
  it("of administrators who order the end of each other leaves one (ASVS 2.3.3)", async () => {
    const some = await Promise.all(Array.from({ length: 4 }, () => localPerson("admin")));
    for (const ctx of some) await ordered(ctx, some.filter((other) => other !== ctx).map(idOf));
    await Promise.all(some.map(() => workBulkJobs(database())));
    expect(await suspended(some.map(idOf))).toBe(3);
  });

  describe.each(["revoke-role", "suspend"] as const)(
    "of all administrators, ordered by somebody who is none: %s (ASVS 2.3.3)",
    (kind) => {
      const order = (some: readonly string[]) => ({
        ...{ kind, scope: "selected", ids: some.join(","), expected: some.length },
        ...(kind === "revoke-role" ? { changedRole: "admin" } : {}),
      });
      const start = async (ctx: PersonContext, some: readonly string[]) => {
        const parsed = bulkOrderSchema.parse(order(some));
        const started = await startBulk(ctx, { ...parsed, reason: "Spam", until: null });
        if (!started.ok) throw new Error(started.error);
        return started.value;
      };
      const administrators = async (count: number) =>
        (await Promise.all(Array.from({ length: count }, () => localPerson("admin")))).map(idOf).sort();

      it("leaves the last one as they are, and says so before", async () => {
        const ctx = await deputy();
        const some = await administrators(3);
        expect(await previewBulk(ctx, bulkTargetSchema.parse(order(some)))).toMatchObject({
          ...{ ready: { count: 3 }, keepsLastAdministrator: true },
        });
        const job = await start(ctx, some);
        await Promise.all(Array.from({ length: 4 }, () => workBulkJobs(database())));
        const [first, second, last] = some;
        expect(await outcomes(job)).toEqual({
          ...{ [first!]: "done", [second!]: "done", [last!]: "last_administrator" },
        });
        expect(await activeAdministrators()).toEqual([last]);
      });

      it("leaves one although two halves go at the same moment, each of which would leave the other", async () => {
        const some = await administrators(8);
        const halves = [some.slice(0, 4), some.slice(4)];
        const jobs: string[] = [];
        for (const half of halves) {
          const ctx = await deputy();
          expect(await previewBulk(ctx, bulkTargetSchema.parse(order(half)))).toMatchObject({
            keepsLastAdministrator: false,
          });
          jobs.push(await start(ctx, half));
        }
        await Promise.all(Array.from({ length: 4 }, () => workBulkJobs(database())));
        const left = await activeAdministrators();
        expect(left).toHaveLength(1);
        const all = { ...(await outcomes(jobs[0]!)), ...(await outcomes(jobs[1]!)) };
        expect(all).toEqual(
          Object.fromEntries(some.map((id) => [id, left.includes(id) ? "last_administrator" : "done"])),
        );
      });
    },
  );
});
