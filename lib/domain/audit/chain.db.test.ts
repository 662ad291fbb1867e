import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { afterAll, beforeEach, describe, expect, it, vi } from "vitest";
import { pruneEvents } from "./prune-events";
import { recordEvent } from "./record-event";
import { sealEvents } from "./seal-events";
import { verifyChain } from "./verify-chain";
import { database, sql as connection } from "@/db/client";
import { inTransaction } from "@/lib/domain/context";
import { visitorContext } from "@/lib/domain/tokens/testing/people";

await vi.hoisted(async () => {
  const { configure } = await import("@/lib/test-environment");
  configure({ AUDIT_RETENTION_DAYS: "30" });
});

afterAll(() => connection().end());

const run = (statement: ReturnType<typeof sql>) => database().execute(statement);
const from = { ...visitorContext(), address: "192.0.2.7" };

async function append(count: number): Promise<void> {
  for (let at = 0; at < count; at += 1)
    await recordEvent(from, { event: "authn_login_fail", subjectId: randomUUID(), details: { at } });
}

const idAt = async (position: number): Promise<string> => {
  const [row] = await run(sql`select event_id::text as id from audit_chain where position = ${position}`);
  return String(row?.["id"]);
};

beforeEach(async () => {
  vi.useRealTimers();
  await run(sql`truncate audit_events, audit_chain, audit_seals restart identity`);
});

/** Nine rows in three sealed batches, the earlier of them a minute ago. */
async function sealedLog(): Promise<string> {
  vi.useFakeTimers({ now: Date.now() - 60_000, toFake: ["Date"] });
  await append(3);
  await sealEvents(database());
  vi.useRealTimers();
  await append(3);
  await sealEvents(database());
  await append(3);
  await sealEvents(database());
  const report = await verifyChain(database());
  expect(report).toMatchObject({ links: 9, fault: null });
  return report.end;
}

async function firstBad(kept?: string) {
  const [position = "", hash = ""] = kept?.split(":") ?? [];
  const end = kept === undefined ? undefined : { position: BigInt(position), hash };
  return (await verifyChain(database(), end)).fault;
}

describe("the chain of the audit log (ASVS 16.4.2)", () => {
  it("is whole after batches, and a row that is not sealed yet is no fault", async () => {
    await sealedLog();
    await append(1);
    expect(await firstBad()).toBeNull();
    expect(await sealEvents(database())).toBe(1);
    expect(await sealEvents(database())).toBe(0);
  });

  it.each([
    ["event", sql`event = 'authn_login_success'`],
    ["details", sql`details = '{"at": 7}'`],
    ["subject", sql`subject_id = gen_random_uuid()`],
    ["time", sql`at = at + interval '1 millisecond'`],
    ["address", sql`address = '192.0.2.8'`],
    ["request", sql`request_id = 'another'`],
    ["actor", sql`actor_id = subject_id`],
    ["job", sql`actor_name = 'somebody'`],
  ])("tells the row whose %s was edited", async (_, change) => {
    await sealedLog();
    const id = await idAt(5);
    await run(sql`update audit_events set ${change} where id = ${id}`);
    expect(await firstBad()).toEqual({ kind: "edited", eventId: id, position: "5" });
  });

  it("tells a row that was deleted, with its link or without", async () => {
    await sealedLog();
    const id = await idAt(4);
    await run(sql`delete from audit_events where id = ${id}`);
    expect(await firstBad()).toEqual({ kind: "row_deleted", eventId: id, position: "4" });
    await run(sql`delete from audit_chain where position = 4`);
    expect(await firstBad()).toEqual({ kind: "links_deleted", eventId: await idAt(5), position: "5" });
    await run(sql`update audit_chain set position = position - 1 where position > 4`);
    expect(await firstBad()).toMatchObject({ kind: "edited", position: "4" });
  });

  it("tells two rows that changed places", async () => {
    await sealedLog();
    await run(sql`update audit_chain c set event_id = -event_id where position in (2, 3)`);
    await run(
      sql`update audit_chain set event_id = case position when 2 then 3 else 2 end where position in (2, 3)`,
    );
    expect(await firstBad()).toEqual({ kind: "edited", eventId: "3", position: "2" });
  });

  it("tells a row that was inserted among sealed ones", async () => {
    await sealedLog();
    await run(
      sql`insert into audit_events (id, event, request_id) overriding system value values (0, 'x', 'y')`,
    );
    expect(await sealEvents(database())).toBe(0);
    expect(await firstBad()).toMatchObject({ kind: "inserted", eventId: "0" });
  });

  it("tells a row that was written now and bears a time long ago", async () => {
    await sealedLog();
    await run(
      sql`insert into audit_events (event, request_id, at) values ('x', 'y', now() - interval '2 hours')`,
    );
    await sealEvents(database());
    expect(await firstBad()).toMatchObject({ kind: "backdated", position: "10" });
  });

  it("tells a log that was cut off: by its seals, and by an end kept elsewhere if those are gone too", async () => {
    const end = await sealedLog();
    await run(
      sql`delete from audit_events where id in (select event_id from audit_chain where position > 7)`,
    );
    await run(sql`delete from audit_chain where position > 7`);
    expect(await firstBad()).toMatchObject({ kind: "cut_off", position: "7" });
    await run(sql`delete from audit_chain where position > 6`);
    await run(sql`delete from audit_events where id > 6`);
    await run(sql`delete from audit_seals where position > 6`);
    expect(await firstBad()).toBeNull();
    expect(await firstBad(end)).toMatchObject({ kind: "cut_off", position: "6" });
  });

  it("tells a chain that was computed anew without the key", async () => {
    await sealedLog();
    await run(sql`update audit_seals set hash = sha256('forged') where position = 6`);
    expect(await firstBad()).toMatchObject({ kind: "forged", position: "6" });
  });

  it("tells an address that was taken away, unless its person was deleted", async () => {
    await sealedLog();
    const id = await idAt(3);
    await run(sql`update audit_events set address = null where id = ${id}`);
    expect(await firstBad()).toMatchObject({ kind: "edited", eventId: id });
    await run(sql`update audit_chain set salt = null where position = 3`);
    expect(await firstBad()).toEqual({ kind: "address_erased", eventId: id, position: "3" });
    const [row] = await run(sql`select subject_id::text as subject from audit_events where id = ${id}`);
    await recordEvent(from, { event: "user_deleted", subjectId: String(row?.["subject"]) });
    expect(await firstBad()).toBeNull();
  });
});

describe("the sealer", () => {
  it("links a row whose transaction ends late, after rows with higher ids", async () => {
    let finish = (): void => undefined;
    let slow: Promise<unknown> = Promise.resolve();
    await new Promise<void>((written) => {
      slow = inTransaction(from, async (tx) => {
        await recordEvent(tx, { event: "user_created", subjectId: null });
        await new Promise<void>((resolve) => {
          finish = resolve;
          written();
        });
      });
    });
    vi.useFakeTimers({ now: Date.now() - 60_000, toFake: ["Date"] });
    for (const count of [1, 1, 1]) {
      await append(count);
      await sealEvents(database());
    }
    vi.useRealTimers();
    finish();
    await slow;
    expect(await sealEvents(database())).toBe(1);
    expect(await idAt(4)).toBe("1");
    expect(await firstBad()).toBeNull();
  });

  it("works once, however many are at it, while rows are written", async () => {
    const writing = Promise.all(Array.from({ length: 8 }, () => append(25)));
    const sealing = Promise.all(Array.from({ length: 4 }, () => sealEvents(database())));
    await Promise.all([writing, sealing]);
    await sealEvents(database());
    expect(await verifyChain(database())).toMatchObject({ links: 200, fault: null });
  });
});

describe("rows whose time is over", () => {
  it("go in sealed batches, and the chain closes after their anchor", async () => {
    const end = await sealedLog();
    const later = { ...from, actor: { kind: "system", name: "test" } as const };
    const inAMonth = { ...later, now: () => new Date(Date.now() + 31 * 86_400_000) };
    expect(await pruneEvents(inAMonth)).toBe(6);
    expect(await firstBad(end)).toBeNull();
    expect(await pruneEvents(later)).toBe(0);
    await run(sql`delete from audit_chain where position = 7`);
    expect(await firstBad()).toMatchObject({ kind: "links_deleted" });
  });

  it("cannot be feigned: an anchor bears the application's code", async () => {
    await sealedLog();
    await run(sql`delete from audit_events where id <= 3`);
    await run(sql`delete from audit_chain where position <= 3`);
    await run(sql`update audit_seals set anchor = true where position = 3`);
    expect(await firstBad()).toMatchObject({ kind: "forged", position: "3" });
  });
});
