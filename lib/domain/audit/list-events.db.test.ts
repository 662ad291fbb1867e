import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { eventConditions } from "./event-conditions";
import { exportEvents } from "./export-events";
import { listEvents, readEvents } from "./list-events";
import type { AuditQuery } from "./schemas";
import { database, sql as connection } from "@/db/client";
import { PermissionDenied } from "@/lib/domain/access/require-permission";
import { localPerson, visitorContext } from "@/lib/domain/tokens/testing/people";

const somebody = "00000000-0000-4000-8000-000000000007";
const job = { ...visitorContext(), actor: { kind: "system", name: "test" } } as const;

beforeAll(async () => {
  await database().execute(sql`truncate audit_events, audit_chain, audit_seals restart identity`);
  await database().execute(sql`
    insert into audit_events (at, event, actor_id, subject_id, request_id, address)
    select timestamptz '2026-01-01' + n * interval '1 minute',
      (array['authn_login_success', 'authn_login_fail', 'session_logout', 'user_updated'])[1 + n % 4],
      ('00000000-0000-4000-8000-' || lpad(to_hex(n % 500), 12, '0'))::uuid,
      ('00000000-0000-4000-8000-' || lpad(to_hex(n % 700), 12, '0'))::uuid, 'seeded', '203.0.113.' || n % 250
    from generate_series(1, 40000) n`);
  await database().execute(sql`analyze audit_events`);
});

afterAll(() => connection().end());

const filters: Readonly<Record<string, AuditQuery>> = {
  nothing: {},
  "who did it": { who: somebody },
  "whom it happened to": { whom: somebody },
  "the event": { event: "authn_login_fail" },
  "the address": { address: "203.0.113.9" },
  "a period": { from: "2026-01-10", to: "2026-01-12" },
  "a person and an event": { whom: somebody, event: "authn_login_fail" },
  "an address and a period": { address: "203.0.113.9", from: "2026-01-10" },
  "an event and a period": { event: "authn_login_fail", to: "2026-01-12" },
};

describe.each(Object.entries(filters))("the log narrowed down by %s", (_, filter) => {
  it.each([
    ["the first page", {}],
    ["an older page", { before: "1768000000000000-5000" }],
    ["a newer page", { after: "1768000000000000-5000" }],
  ])("reads %s by an index, in its order", async (__, edge) => {
    const conditions = await eventConditions(database(), filter);
    const query = readEvents(database(), conditions!, { ...edge, limit: 51 });
    const plan = await database().execute(sql`explain ${query.getSQL()}`);
    const lines = plan.map((row) => String(row["QUERY PLAN"])).join("\n");
    expect(lines).toContain("Index Scan");
    expect(lines).not.toContain("Seq Scan");
  });

  it("shows every row once, page by page, and back again", async () => {
    const narrow = { ...filter, from: filter.from ?? "2026-01-10", to: "2026-01-11" };
    const pages: string[][] = [];
    let page = await listEvents(job, narrow);
    pages.push(page.rows.map(({ id }) => id));
    while (page.older !== null) {
      page = await listEvents(job, { ...narrow, before: page.older });
      pages.push(page.rows.map(({ id }) => id));
    }
    const ids = pages.flat();
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual([...ids].sort((one, other) => Number(other) - Number(one)));
    for (let at = pages.length - 2; at >= 0; at -= 1) {
      page = await listEvents(job, { ...narrow, after: page.newer! });
      expect(page.rows.map(({ id }) => id)).toEqual(pages[at]);
    }
    expect(page.newer).toBeNull();
  });
});

describe("a download of the log", () => {
  it("has every row that matches, in pieces, and is written down", async () => {
    const pieces = await exportEvents(job, { format: "jsonl", filter: { event: "session_logout" } });
    let count = 0;
    let lines = 0;
    for await (const piece of pieces) {
      count += 1;
      lines += piece.split("\n").length - 1;
      expect(piece.length).toBeLessThan(2_000_000);
    }
    expect([count, lines]).toEqual([5, 10_000]);
    expect((await listEvents(job, { event: "audit_exported" })).rows).toMatchObject([
      { actorName: "test", details: { format: "jsonl", filter: { event: "session_logout" } } },
    ]);
  });

  it("is for those who may, as reading is", async () => {
    const person = await localPerson();
    await expect(exportEvents(person, { format: "csv", filter: {} })).rejects.toThrow(PermissionDenied);
    await expect(listEvents(person, {})).rejects.toThrow(PermissionDenied);
  });

  it("finds nothing for a person whom nobody is", async () => {
    expect(await listEvents(job, { whom: randomUUID().slice(0, 8) })).toEqual({
      rows: [],
      newer: null,
      older: null,
    });
  });
});
