import { afterAll, beforeEach, expect, it, vi } from "vitest";
import { startBulk } from "./start-bulk";
import { bulkOrderSchema } from "./target-fields";
import { beginAnew, crowd, outcomes } from "./testing/jobs";
import { workBulkJobs } from "./work-bulk-jobs";
import { sql as connection, database } from "@/db/client";
import { userRoles } from "@/db/schema";
import { createSession } from "@/lib/domain/sessions/create-session";
import { holdPerson, untilWaiting } from "@/lib/domain/tokens/testing/locks";
import { localPerson, visitorContext } from "@/lib/domain/tokens/testing/people";
import { bulkKinds } from "@/lib/shared/bulk";

const endpoint = await vi.hoisted(async () =>
  (await import("@/lib/domain/tokens/testing/environment")).configuredEndpoint(),
);

afterAll(async () => {
  await connection().end();
  await endpoint.stop();
});

beforeEach(beginAnew);

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
