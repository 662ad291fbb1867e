import { randomUUID } from "node:crypto";
import { and, eq, inArray, sql } from "drizzle-orm";
import { afterAll, beforeEach, describe, expect, it, vi } from "vitest";
import { stopJob } from "./end-job";
import { exportJob } from "./export-job";
import { findJob } from "./find-job";
import { listJobs } from "./list-jobs";
import { previewBulk } from "./preview-bulk";
import { bulkOrderSchema, bulkTargetSchema } from "./target-fields";
import { startBulk } from "./start-bulk";
import { beginAnew, crowd, idOf, ordered, outcomes, suspended, suspension } from "./testing/jobs";
import { sweepBulkJobs, workBulkJobs } from "./work-bulk-jobs";
import { sql as connection, database } from "@/db/client";
import { auditEvents, bulkJobs, userRoles, users } from "@/db/schema";
import { PermissionDenied } from "@/lib/domain/access/require-permission";
import type { PersonContext } from "@/lib/domain/context";
import { createSession } from "@/lib/domain/sessions/create-session";
import { holdPerson, untilWaiting } from "@/lib/domain/tokens/testing/locks";
import { contextOf, liveContext, localPerson, visitorContext } from "@/lib/domain/tokens/testing/people";
import { bulkKinds } from "@/lib/shared/bulk";
import type { Permission } from "@/lib/shared/permissions";

const endpoint = await vi.hoisted(async () =>
  (await import("@/lib/domain/tokens/testing/environment")).configuredEndpoint(),
);

afterAll(async () => {
  await connection().end();
  await endpoint.stop();
});

beforeEach(beginAnew);

/** What the log has of their suspensions. */
function suspensions(ids: readonly string[]) {
  return database()
    .select({ subjectId: auditEvents.subjectId, actorId: auditEvents.actorId })
    .from(auditEvents)
    .where(and(inArray(auditEvents.subjectId, [...ids]), sql`details->>'change' = 'suspended'`));
}

/** The same person with one permission fewer. */
function without({ actor: { viewer } }: PersonContext, lacking: Permission): PersonContext {
  return contextOf({ ...viewer, permissions: viewer.permissions.filter((one) => one !== lacking) });
}

describe("a change to many people", () => {
  it("names everybody first, then gives each one turn with a row of the log, among four workers", async () => {
    const admin = await localPerson("admin");
    const ids = await crowd(50);
    const job = await ordered(admin, ids);
    expect(await suspended(ids)).toBe(0);
    await Promise.all(Array.from({ length: 4 }, () => workBulkJobs(database())));
    expect(await suspended(ids)).toBe(50);
    const rows = await suspensions(ids);
    expect(rows.map(({ subjectId }) => subjectId).sort()).toEqual(ids);
    expect(rows.every(({ actorId }) => actorId === idOf(admin))).toBe(true);
    expect(await findJob(admin, { jobId: job })).toMatchObject({
      ...{ total: 50, past: 50, stopped: null },
      outcomes: [{ outcome: "done", count: 50 }],
    });
  });

  it("is taken up by another instance where one has left it, and nobody has a second turn", async () => {
    const admin = await localPerson("admin");
    const ids = await crowd(45);
    const job = await ordered(admin, ids);
    let batches = 0;
    await workBulkJobs(database(), { goesOn: () => (batches += 1) <= 2 });
    const first = await suspended(ids);
    expect(first).toBeGreaterThan(0);
    expect(first).toBeLessThan(45);
    // An instance that died has left its lease.
    const lease = (interval: string) =>
      database()
        .update(bulkJobs)
        .set({ leaseUntil: sql`now() + ${interval}::interval` })
        .where(eq(bulkJobs.id, job));
    await lease("1 minute");
    await workBulkJobs(database());
    expect(await suspended(ids)).toBe(first);
    await lease("-1 second");
    await workBulkJobs(database());
    expect(await suspended(ids)).toBe(45);
    expect(await suspensions(ids)).toHaveLength(45);
  });

  it("gives nobody a second turn when several instances take the job at once, their leases lost", async () => {
    const admin = await localPerson("admin");
    const ids = await crowd(60);
    const job = await ordered(admin, ids);
    const greedy = async () => {
      while ((await findJob(admin, { jobId: job }))?.finishedAt === null) {
        await database().update(bulkJobs).set({ leaseUntil: null }).where(eq(bulkJobs.id, job));
        await workBulkJobs(database());
      }
    };
    await Promise.all([greedy(), greedy(), greedy()]);
    expect(await suspended(ids)).toBe(60);
    expect(await suspensions(ids)).toHaveLength(60);
  });

  it.each([
    ["is suspended", "session_ended", { status: "suspended" as const, suspendedAt: new Date() }],
    ["loses the role", "permission_lost", null],
  ])("stops when whoever ordered it %s (ASVS 8.3.2)", async (_, stopped, columns) => {
    const admin = await localPerson("admin");
    await localPerson("admin");
    const ids = await crowd(45);
    const job = await ordered(admin, ids);
    let batches = 0;
    await workBulkJobs(database(), { goesOn: () => (batches += 1) <= 2 });
    const before = await suspended(ids);
    if (columns === null)
      await database()
        .delete(userRoles)
        .where(eq(userRoles.userId, idOf(admin)));
    else
      await database()
        .update(users)
        .set(columns)
        .where(eq(users.id, idOf(admin)));
    await workBulkJobs(database());
    expect(await suspended(ids)).toBe(before);
    const [row] = await database().select().from(bulkJobs).where(eq(bulkJobs.id, job));
    expect(row).toMatchObject({ stopped });
    expect(row?.finishedAt).not.toBeNull();
  });

  it("stops by its button, for whoever may do what it does", async () => {
    const admin = await localPerson("admin");
    const ids = await crowd(3);
    const job = await ordered(admin, ids);
    for (const lacking of ["read:users", "suspend:users"] as const)
      await expect(stopJob(without(admin, lacking), { jobId: job })).rejects.toThrow(PermissionDenied);
    expect(await stopJob(admin, { jobId: job })).toBe(true);
    expect(await stopJob(admin, { jobId: job })).toBe(false);
    await workBulkJobs(database());
    expect(await suspended(ids)).toBe(0);
  });

  it("passes by oneself, and says so", async () => {
    const admin = await localPerson("admin");
    const [one] = await crowd(1);
    const ids = [idOf(admin), one!];
    const target = bulkTargetSchema.parse({ kind: "suspend", scope: "selected", ids: ids.join(",") });
    const preview = await previewBulk(admin, target);
    expect(preview.ready.count).toBe(1);
    expect(preview.skipped).toMatchObject([{ outcome: "own_account", count: 1 }]);
    const job = await ordered(admin, ids);
    await workBulkJobs(database());
    expect(await outcomes(job)).toEqual({ [idOf(admin)]: "own_account", [one!]: "done" });
  });

  it("counts whoever has their turn while it is stopped", async () => {
    const admin = await localPerson("admin");
    const ids = await crowd(3);
    const job = await ordered(admin, ids);
    const letGo = await holdPerson(ids[0]!);
    const working = workBulkJobs(database());
    await untilWaiting(1);
    const stopping = stopJob(admin, { jobId: job });
    await Promise.race([stopping, untilWaiting(2)]);
    await letGo();
    await Promise.all([stopping, working]);
    const [written] = await database()
      .select({ people: sql`details->'people'` })
      .from(auditEvents)
      .where(sql`details->>'change' = 'bulk_stopped' and details->>'job' = ${job}`);
    const done = await suspended(ids);
    expect(done).toBeGreaterThan(0);
    expect(written?.people).toEqual({ done, ...(done < 3 ? { not_done: 3 - done } : {}) });
  });

  it("says in the preview who has it already and who is nobody", async () => {
    const admin = await localPerson("admin");
    const ids = await crowd(3);
    await database().insert(userRoles).values({ userId: ids[0]!, role: "admin" });
    const target = bulkTargetSchema.parse({
      ...{ kind: "grant-role", scope: "selected", changedRole: "admin" },
      ids: [...ids, randomUUID()].join(","),
    });
    const { ready, skipped } = await previewBulk(admin, target);
    expect(ready.count).toBe(2);
    expect(skipped.map(({ outcome, count }) => [outcome, count])).toEqual([
      ["already", 1],
      ["no_such_person", 1],
    ]);
  });

  it("is ordered after a recent proof, with the permission, and for no more people than were shown", async () => {
    const admin = await localPerson("admin");
    const ids = await crowd(2);
    const stale = contextOf({ ...admin.actor.viewer, confirmedAt: new Date(Date.now() - 601_000) });
    const refused = (error: string) => ({ ok: false, error });
    expect(await startBulk(stale, suspension(ids))).toEqual(refused("authentication_not_recent"));
    expect(await startBulk(admin, suspension(ids, 1))).toEqual(refused("changed_since_preview"));
    expect(await startBulk(admin, suspension([randomUUID()]))).toEqual(refused("nobody"));
    for (const lacking of ["read:users", "suspend:users"] as const)
      await expect(startBulk(without(admin, lacking), suspension(ids))).rejects.toThrow(PermissionDenied);
    expect(await database().select().from(bulkJobs)).toEqual([]);
  });

  it("takes all who match the filter, and gives a result that no spreadsheet computes (ASVS 1.2.10)", async () => {
    const admin = await localPerson("admin");
    const mark = `q${randomUUID().slice(0, 8)}`;
    const [one] = await database()
      .insert(users)
      .values({ name: `=HYPERLINK("x") ${mark}` })
      .returning();
    await crowd(2);
    const order = bulkOrderSchema.parse({ kind: "suspend", scope: "all", q: mark, expected: "1" });
    const started = await startBulk(admin, { ...order, reason: "Spam", until: null });
    if (!started.ok) throw new Error(started.error);
    await workBulkJobs(database());
    expect(await outcomes(started.value)).toEqual({ [one!.id]: "done" });
    let text = "";
    for await (const piece of (await exportJob(admin, { jobId: started.value })) ?? []) text += piece;
    expect(text).toContain(`"'=HYPERLINK(""x"") ${mark}"`);
    expect(text).toContain('"done"');
    const reader = without(admin, "read:users");
    for (const read of [exportJob, findJob, listJobs])
      await expect(read(reader, { jobId: started.value })).rejects.toThrow(PermissionDenied);
  });

  it("stands in the list of all, the newest first, whoever ordered it", async () => {
    const [one, other] = [await localPerson("admin"), await localPerson("admin")];
    const [first, second] = [await ordered(one, await crowd(2)), await ordered(other, await crowd(1))];
    await stopJob(other, { jobId: second });
    expect(await listJobs(one)).toMatchObject([
      { id: second, total: 1, stopped: "stopped", orderedBy: other.actor.viewer.displayName },
      { id: first, total: 2, stopped: null, finishedAt: null },
    ]);
  });

  it("is forgotten thirty days after its end, and not while it runs", async () => {
    const admin = await localPerson("admin");
    const [over, open] = [await ordered(admin, await crowd(1)), await ordered(admin, await crowd(1))];
    await database()
      .update(bulkJobs)
      .set({ finishedAt: sql`now() - interval '31 days'` })
      .where(eq(bulkJobs.id, over));
    await sweepBulkJobs(database());
    const left = await database().select({ id: bulkJobs.id }).from(bulkJobs);
    expect(left.map(({ id }) => id)).toEqual([open]);
    expect(await outcomes(over)).toEqual({});
  });

  it("gives a role that counts at once, and takes it again", async () => {
    const admin = await localPerson("admin");
    const person = await localPerson();
    const order = (kind: string) =>
      bulkOrderSchema.parse({
        ...{ kind, scope: "selected", ids: idOf(person), changedRole: "admin", expected: 1 },
      });
    const roles = async () => (await liveContext(person.actor.viewer.sessionId)).actor.viewer.roles;
    await startBulk(admin, order("grant-role"));
    await workBulkJobs(database());
    expect(await roles()).toEqual(["admin", "user"]);
    await startBulk(admin, order("revoke-role"));
    await workBulkJobs(database());
    expect(await roles()).toEqual(["user"]);
    await startBulk(admin, order("end-sessions"));
    await workBulkJobs(database());
    await expect(roles()).rejects.toThrow("not live");
  });
});

it.each(bulkKinds)(
  "two jobs that come to the same person at once: one does it, one says so (%s)",
  async (kind) => {
    const [userId] = await crowd(1);
    if (kind === "revoke-role") await database().insert(userRoles).values({ userId: userId!, role: "user" });
    if (kind === "end-sessions") await createSession(visitorContext(), { userId: userId! });
    const order = {
      ...bulkOrderSchema.parse({ kind, scope: "selected", ids: userId, changedRole: "user", expected: 1 }),
      ...{ reason: "Spam", until: null },
    };
    const jobs: string[] = [];
    for (const ctx of [await localPerson("admin"), await localPerson("admin")]) {
      const started = await startBulk(ctx, order);
      if (!started.ok) throw new Error(started.error);
      jobs.push(started.value);
    }
    const letGo = await holdPerson(userId!);
    const working = [workBulkJobs(database()), workBulkJobs(database())];
    await untilWaiting(2);
    await letGo();
    await Promise.all(working);
    const came = await Promise.all(jobs.map(async (job) => (await outcomes(job))[userId!]));
    expect(came.sort()).toEqual(["already", "done"]);
  },
);
