import { eq, sql } from "drizzle-orm";
import { afterAll, beforeEach, describe, expect, it, vi } from "vitest";
import { addFigures, hourOf, type Figure } from "./add-figures";
import { countCall, saveCalls } from "./count-call";
import { countSessions } from "./count-sessions";
import { readOverview } from "./read-overview";
import { rollUpEvents, rollUpStatement } from "./roll-up-events";
import { sweepFigures } from "./sweep-figures";
import { database, sql as connection, type Connection } from "@/db/client";
import { hourlyFigures } from "@/db/schema";
import { PermissionDenied } from "@/lib/domain/access/require-permission";
import { recordEvent } from "@/lib/domain/audit/record-event";
import { sealEvents } from "@/lib/domain/audit/seal-events";
import { inTransaction } from "@/lib/domain/context";
import { localPerson, visitorContext } from "@/lib/domain/tokens/testing/people";
import type { ChartId, OverviewRange } from "@/lib/shared/overview";

const run = (statement: ReturnType<typeof sql>) => database().execute(statement);
const job = { ...visitorContext(), actor: { kind: "system", name: "test" } } as const;

beforeEach(async () => {
  vi.useRealTimers();
  await run(
    sql`truncate audit_events, audit_chain, audit_seals, hourly_figures, figure_progress restart identity`,
  );
  await run(sql`truncate sessions cascade`);
});

afterAll(() => connection().end());

async function fail(count: number, details: Record<string, unknown> = { method: "password" }): Promise<void> {
  for (let at = 0; at < count; at += 1)
    await recordEvent(job, { event: "authn_login_fail", subjectId: null, details });
}

/** Rows of the log with links, as the sealer leaves them, without its arithmetic. */
async function chained(count: number): Promise<void> {
  await run(sql`
    with rows as (
      insert into audit_events (at, event, request_id, details)
      select now() - n * interval '1 second', 'authn_login_fail', 'seeded', '{"method": "password"}'
      from generate_series(1, ${count}::int) n returning id)
    insert into audit_chain (position, event_id, hash) select id, id, '' from rows`);
  await run(sql`
    insert into audit_seals (position, hash, key_id, code, sealed_at, links, highest_id, next_transaction, linked_through)
    select max(position), '', '', '', now(), 1, max(position), 0, max(position) from audit_chain`);
}

async function shown(id: ChartId, range: OverviewRange = "day"): Promise<number> {
  const { charts } = await readOverview(job, { range });
  return charts.find((chart) => chart.id === id)?.total ?? -1;
}

async function rolledUp(event: string): Promise<number> {
  const rows = await database().select().from(hourlyFigures).where(eq(hourlyFigures.event, event));
  return rows.reduce((sum, { count }) => sum + count, 0);
}

describe("the figures of the audit log", () => {
  it("are the same before a row is chained, before it is rolled up, and afterwards", async () => {
    await fail(3);
    await fail(2, { method: "password", locked: true });
    await fail(1, { reason: "account_suspended", provider: "oidc" });
    for (const step of [
      () => Promise.resolve(0),
      () => sealEvents(database()),
      () => rollUpEvents(database()),
      () => rollUpEvents(database()),
    ]) {
      await step();
      expect([await shown("failed-sign-ins"), await shown("locks")]).toEqual([6, 2]);
    }
    const rows = await database().select().from(hourlyFigures);
    expect(rows.map(({ method, outcome, count }) => [method, outcome, count]).sort()).toEqual([
      ["oidc", "", 1],
      ["password", "", 3],
      ["password", "locked", 2],
    ]);
  });

  it("have a row whose transaction ends late, after rows with higher ids were rolled up, and have it once", async () => {
    let finish = (): void => undefined;
    let slow: Promise<unknown> = Promise.resolve();
    await new Promise<void>((written) => {
      slow = inTransaction(job, async (tx) => {
        await recordEvent(tx, {
          event: "authn_login_fail",
          subjectId: null,
          details: { method: "password" },
        });
        await new Promise<void>((resolve) => {
          finish = resolve;
          written();
        });
      });
    });
    try {
      await fail(3);
      await sealEvents(database());
      expect(await rollUpEvents(database())).toBe(3);
      expect(await shown("failed-sign-ins")).toBe(3);
    } finally {
      finish();
      await slow;
    }
    expect(await shown("failed-sign-ins")).toBe(4);
    await sealEvents(database());
    expect(await rollUpEvents(database())).toBe(1);
    expect([await rolledUp("authn_login_fail"), await shown("failed-sign-ins")]).toEqual([4, 4]);
  });

  it("count each row once, however many instances are at it, in batches", async () => {
    await chained(12_345);
    let sum = 0;
    let busy = 0;
    while (sum < 12_345) {
      const runs = await Promise.all(Array.from({ length: 4 }, () => rollUpEvents(database())));
      sum += runs.reduce<number>((some, one) => some + (one ?? 0), 0);
      busy += runs.filter((one) => one === null).length;
    }
    expect(busy).toBeGreaterThan(0);
    expect([sum, await rolledUp("authn_login_fail")]).toEqual([12_345, 12_345]);
  });

  it("count a batch again that broke off, and go on where they stopped", async () => {
    await chained(6_000);
    const broken = database().transaction(async (tx) => {
      await tx.execute(rollUpStatement("0"));
      throw new Error("the connection broke");
    });
    await expect(broken).rejects.toThrow("the connection broke");
    expect(await rolledUp("authn_login_fail")).toBe(0);
    let batches = 0;
    expect(await rollUpEvents(database(), () => (batches += 1) === 1)).toBe(5_000);
    expect(await rollUpEvents(database())).toBe(1_000);
    expect(await rolledUp("authn_login_fail")).toBe(6_000);
  });

  it("say how far they reach while many rows wait, as after an upgrade, and leave the newest out", async () => {
    await chained(11_000);
    await fail(1);
    const overview = await readOverview(job, { range: "day" });
    expect(overview.behind).toBe(true);
    expect(overview.until.getTime()).toBeLessThan(Date.now());
    expect(await shown("failed-sign-ins")).toBe(10_000);
    await rollUpEvents(database());
    expect((await readOverview(job, { range: "day" })).behind).toBe(false);
    expect(await shown("failed-sign-ins")).toBe(11_001);
  });

  it("tell of rows that should have been chained long since", async () => {
    await run(
      sql`insert into audit_events (event, request_id, at) values ('x', 'y', now() - interval '3 minutes')`,
    );
    await fail(1);
    const { attention } = await readOverview(job, { range: "day" });
    expect(attention).toEqual([{ kind: "unsealed", count: 1, before: null }]);
  });
});

describe("what instances count themselves", () => {
  it("adds up, whatever order they write in", async () => {
    const hour = hourOf(new Date());
    const figures: Figure[] = ["answered", "failed", "refused"].map((outcome) => ({
      ...{ hour, event: "messages_api", method: "", outcome, count: 1 },
    }));
    const orders = Array.from({ length: 30 }, (_, at) => (at % 2 ? figures : [...figures].reverse()));
    await Promise.all(orders.map((some) => addFigures(database(), some)));
    expect(await rolledUp("messages_api")).toBe(90);
    expect(await shown("api-errors")).toBe(30);
  });

  it("is written once, and kept while it cannot be", async () => {
    const nowhere = {
      insert: () => {
        throw new Error("no database");
      },
    } as unknown as Connection;
    countCall("token_refresh", "refreshed");
    countCall("token_refresh", "refreshed");
    await expect(saveCalls(nowhere)).rejects.toThrow("no database");
    countCall("token_refresh", "failed");
    await saveCalls(database());
    await saveCalls(database());
    expect(await shown("token-refreshes")).toBe(3);
  });
});

describe("live sessions", () => {
  it("are counted every minute by whoever comes first, and the most of an hour is kept", async () => {
    const person = await localPerson();
    await localPerson();
    await Promise.all(Array.from({ length: 4 }, () => countSessions(database())));
    expect(await shown("sessions")).toBe(2);
    await run(sql`update sessions set revoked_at = now() where id = ${person.actor.viewer.sessionId}`);
    await localPerson();
    await localPerson();
    await countSessions(database());
    expect(await shown("sessions")).toBe(2);
    const wait = sql`update figure_progress set sessions_counted_at = now() - interval '2 minutes'`;
    await run(wait);
    await countSessions(database());
    expect(await shown("sessions")).toBe(3);
    await run(sql`update sessions set last_seen_at = now() - interval '1 year'`);
    await run(wait);
    await countSessions(database());
    expect(await shown("sessions")).toBe(3);
  });
});

describe("the overview", () => {
  it("is for those who may see it", async () => {
    await expect(readOverview(await localPerson(), { range: "day" })).rejects.toThrow(PermissionDenied);
    expect((await readOverview(await localPerson("admin"), { range: "month" })).steps).toHaveLength(30);
  });

  it("compares with the time before, to the same hour", async () => {
    const now = new Date("2026-03-20T10:30:00Z");
    const row = (hour: string, count: number): Figure => ({
      ...{ hour: new Date(hour), event: "user_created", method: "password", outcome: "", count },
    });
    await addFigures(database(), [
      row("2026-03-20T10:00:00Z", 1),
      row("2026-03-14T00:00:00Z", 2),
      row("2026-03-13T11:00:00Z", 100),
      row("2026-03-13T10:00:00Z", 4),
      row("2026-03-07T00:00:00Z", 8),
      row("2026-03-06T23:00:00Z", 100),
    ]);
    const { charts } = await readOverview({ ...job, now: () => now }, { range: "week" });
    const signUps = charts.find(({ id }) => id === "sign-ups");
    expect(signUps?.series[0]?.values).toEqual([2, 0, 0, 0, 0, 0, 1]);
    expect(signUps).toMatchObject({ total: 3, before: 12 });
  });

  it("forgets figures after 400 days", async () => {
    const old = { event: "user_created", method: "", outcome: "", count: 1 };
    const ago = (days: number) => hourOf(new Date(Date.now() - days * 86_400_000));
    await addFigures(database(), [
      { ...old, hour: ago(401) },
      { ...old, hour: ago(399) },
    ]);
    await sweepFigures(database());
    expect(await rolledUp("user_created")).toBe(1);
  });
});
