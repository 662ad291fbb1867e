import { randomBytes } from "node:crypto";
import { eq, sql, type SQL } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { estimatePeople } from "./count-people";
import { listPeople, pageStatement } from "./list-people";
import { writeCursor } from "./people-order";
import { peopleQuerySchema } from "./schemas";
import { seedPeople } from "@/bench/seed/people";
import { sql as connection, database } from "@/db/client";
import { accounts, users } from "@/db/schema";
import { PermissionDenied } from "@/lib/domain/access/require-permission";
import { localPerson, visitorContext } from "@/lib/domain/tokens/testing/people";
import { peopleSorts } from "@/lib/shared/people";

await vi.hoisted(async () => (await import("@/lib/domain/tokens/testing/environment")).configuredEndpoint());

const seeded = 3_000;
const admin = { ...visitorContext(), actor: { kind: "system", name: "test" } } as const;
const list = (query: Record<string, string>) => listPeople(admin, peopleQuerySchema.parse(query));
const names = async (query: Record<string, string>) =>
  (await list(query)).people.map(({ username }) => username);

beforeAll(async () => {
  await seedPeople(connection(), seeded);
  await connection()`analyze`;
});

afterAll(async () => {
  await connection()`delete from users where id::text like '00000000-0000-4000-8000-%'`;
  await connection().end();
});

/** Somebody whose names stand nowhere else. */
async function somebody(values: Partial<typeof users.$inferInsert> = {}) {
  const mark = `w${randomBytes(6).toString("hex")}`;
  const [user] = await database()
    .insert(users)
    .values({ username: mark, ...values })
    .returning();
  if (user === undefined) throw new Error("the user was not returned");
  return { ...user, mark };
}

describe("a search for people", () => {
  it("finds by a part of the user name, the name and the e-mail address, whatever the case", async () => {
    const mark = randomBytes(6).toString("hex");
    const person = await somebody({ name: `Zoë N${mark}Ame`, email: `m${mark}ail@example.org` });
    for (const q of [
      person.mark,
      person.mark.slice(2, -1).toUpperCase(),
      `n${mark}am`,
      `ZOË N${mark}`,
      `${mark}ail@ex`,
    ])
      expect(await names({ q }), q).toContain(person.username);
  });

  it("finds by the id, by the beginning or a part of a subject, and by a short subject as a whole", async () => {
    const person = await somebody();
    // Digits alone would stand in seeded names.
    const mark = `z${randomBytes(6).toString("hex")}`;
    const identity = { userId: person.id, provider: "oidc", issuer: "https://id.example" };
    await database()
      .insert(accounts)
      .values([
        { ...identity, subject: `auth9|${mark}` },
        { ...identity, subject: mark.slice(0, 5) },
      ]);
    for (const q of [person.id, `auth9|${mark}`, mark, mark.slice(0, 5)])
      expect(await names({ q }), q).toEqual([person.username]);
    expect(await names({ q: mark.slice(0, 4) })).toEqual([]);
  });

  it("looks for one or two characters where a field or a word begins", async () => {
    const person = await somebody({ username: "zq-only", name: "Given ÿzfamily", createdAt: new Date() });
    expect(await names({ q: "zq" })).toEqual([person.username]);
    expect(await names({ q: "ÿz" })).toEqual([person.username]);
    expect(await names({ q: "q-" })).toEqual([]);
  });

  it.each(["%", "_", "\\", "a%b", "' or 1=1 --", '"', "a\\", "%%%a", "\u202e1"])(
    "takes %j for what it is",
    async (text) => {
      const person = await somebody({ name: `x${text}y1 ${randomBytes(6).toString("hex")}` });
      expect(await names({ q: person.name ?? "" })).toEqual([person.username]);
      expect(await names({ q: `${randomBytes(6).toString("hex")}${text}1` })).toEqual([]);
    },
  );

  it("refuses what holds neither letter nor digit, what is too long and what cannot be stored", () => {
    for (const q of ["%_", "...", "x".repeat(201), "a\0b"])
      expect(peopleQuerySchema.safeParse({ q }).success, q).toBe(false);
  });
});

describe("filters", () => {
  it.each([
    [{ status: "suspended" }, (n: number) => n % 500 === 7],
    [{ status: "deleting" }, (n: number) => n % 1000 === 3],
    [{ role: "admin" }, (n: number) => n === 1],
    [{ verified: "no", q: "example10.org" }, (n: number) => n % 10 === 0 && n % 50 === 10],
    [{ method: "oidc", status: "suspended" }, (n: number) => n % 10 >= 6 && n % 500 === 7],
    [{ method: "password", status: "deleting" }, (n: number) => n % 10 < 7 && n % 1000 === 3],
    [{ method: "elsewhere" }, () => false],
    [{ method: "oidc", verified: "no" }, () => false],
    [{ method: "password", verified: "no" }, (n: number) => n % 10 === 0],
  ])("%j names those people and no others", async (query, belongs) => {
    const wanted = Array.from({ length: seeded }, (_, index) => index + 1).filter(belongs);
    // Everybody whom other tests made came later.
    const { people, total } = await list({ ...query, sort: "oldest" });
    const found = people
      .filter(({ id }) => id.startsWith("00000000-0000-4000-8000-"))
      .map(({ id }) => Number.parseInt(id.slice(-12), 16));
    expect(wanted).toEqual(expect.arrayContaining(found));
    expect(found).toHaveLength(Math.min(wanted.length, 25));
    expect(total.count).toBeGreaterThanOrEqual(wanted.length);
  });

  it("count whole days, the last one included", async () => {
    const { mark } = await somebody({
      createdAt: new Date("2001-02-03T23:59:59.999Z"),
      lastSeenAt: new Date("2001-03-04T00:00:00Z"),
    });
    const day = (createdFrom: string, createdTo: string) => names({ q: mark, createdFrom, createdTo });
    expect(await day("2001-02-03", "2001-02-03")).toEqual([mark]);
    expect(await day("2001-02-04", "2001-02-05")).toEqual([]);
    expect(await day("2001-02-01", "2001-02-02")).toEqual([]);
    expect(await names({ q: mark, seenFrom: "2001-03-04", seenTo: "2001-03-04" })).toEqual([mark]);
    expect(await names({ q: mark, seenTo: "2001-03-03" })).toEqual([]);
  });

  it("of the time last seen leave out who was never seen", async () => {
    const { mark } = await somebody();
    expect(await names({ q: mark, seenTo: "2099-01-01" })).toEqual([]);
    expect(await names({ q: mark })).toEqual([mark]);
  });
});

describe("pages", () => {
  it.each(peopleSorts)("in the order %s pass everybody once, forwards and backwards", async (sort) => {
    const seen: string[][] = [];
    let page = await list({ sort, q: "hopper" });
    for (;;) {
      seen.push(page.people.map(({ id }) => id));
      if (page.next === null) break;
      page = await list({ sort, q: "hopper", after: page.next });
    }
    const forwards = seen.flat();
    expect(forwards.length).toBeGreaterThan(50);
    expect(new Set(forwards).size).toBe(forwards.length);
    const back: string[][] = [];
    for (;;) {
      back.unshift(page.people.map(({ id }) => id));
      if (page.previous === null) break;
      page = await list({ sort, q: "hopper", before: page.previous });
    }
    expect(back.flat()).toEqual(forwards);
  });

  it("stand in the order asked for", async () => {
    const day = (n: number) => new Date(Date.UTC(1999, 0, n));
    const mark = randomBytes(6).toString("hex");
    for (const [name, created, seen] of [
      ["b", 1, 9],
      ["C", 2, null],
      ["a", 3, 4],
    ] as const)
      await somebody({
        name: `${name} ${mark}`,
        createdAt: day(created),
        lastSeenAt: seen === null ? null : day(seen),
      });
    const order = async (sort: string) =>
      (await list({ q: mark, sort })).people.map(({ name }) => name?.[0]).join("");
    expect(await order("newest")).toBe("aCb");
    expect(await order("oldest")).toBe("bCa");
    expect(await order("name")).toBe("abC");
    expect(await order("name-desc")).toBe("Cba");
    expect(await order("seen")).toBe("baC");
    expect(await order("seen-oldest")).toBe("Cab");
  });

  it.each([
    "AAAA",
    "bm90IGpzb24",
    writeCursor({ key: "yesterday", id: "x" }),
    writeCursor({ key: "'", id: "'" }),
  ])("begin at the first one for the cursor %s, which nobody gave out", async (after) => {
    expect((await list({ after })).people).toEqual((await list({})).people);
  });

  it("are for those who may read people", async () => {
    await expect(listPeople(await localPerson("user"), {})).rejects.toThrow(PermissionDenied);
    expect((await listPeople(await localPerson("admin"), {})).people).toHaveLength(25);
  });
});

const wide = 1_000_000;

describe("the plan of each page", () => {
  it.each([
    ...peopleSorts.map((sort) => ({ sort })),
    { q: "hopper12" },
    { q: "ho" },
    { q: "auth0|00" },
    { q: "00000000-0000-4000-8000-000000000001" },
    { role: "admin" },
    { status: "suspended" },
    { status: "deleting" },
    { verified: "no" },
    { method: "oidc" },
    { createdFrom: "2026-01-01", createdTo: "2026-01-02" },
    { seenFrom: "2026-01-01", seenTo: "2026-01-02" },
  ])("%j scans indexes, however many there are", async (query) => {
    const asked = peopleQuerySchema.parse(query);
    const cursor = {
      key: asked.sort?.startsWith("name") === true ? "grace" : "2026-01-01T00:00:00.000000Z",
      id: "00000000-0000-4000-8000-000000000001",
    };
    // Everybody in a small table is read as a whole, and sorted.
    for (const estimate of asked.sort === undefined ? [await estimatePeople(asked), wide] : [wide])
      for (const from of [null, cursor]) {
        const plan = await explain(pageStatement(asked, { cursor: from, backwards: false }, estimate));
        expect(plan).not.toMatch(/Seq Scan/);
        // No sort of everybody: what is walked comes in its order.
        if (estimate === wide && Object.keys(query)[0] === "sort") expect(plan).toMatch(/Limit.*\n.*Index/);
      }
  });
});

describe("an identity without a confirmed address", () => {
  const asked = peopleQuerySchema.parse({ verified: "no", method: "oidc" });

  it("is expected of as few as there are, and walked in an index of those alone", async () => {
    expect(await estimatePeople(asked)).toBeLessThan(seeded / 50);
    for (const estimate of [0, wide]) {
      const start = { cursor: null, backwards: false };
      const plan = await explain(pageStatement(asked, start, estimate));
      expect(plan).not.toMatch(/Seq Scan/);
      expect(plan).toMatch(/users_unproved_identity_idx/);
    }
  });

  it("is found from the first to the last identity", async () => {
    const person = await somebody();
    const found = () => names({ q: person.mark, verified: "no", method: "oidc" });
    expect(await found()).toEqual([]);
    const identity = { userId: person.id, provider: "oidc", issuer: "https://id.example" };
    const [one, other] = await database()
      .insert(accounts)
      .values(["a", "b"].map((part) => ({ ...identity, subject: part + person.mark })))
      .returning({ id: accounts.id });
    expect(await found()).toEqual([person.mark]);
    await database().delete(accounts).where(eq(accounts.id, one!.id));
    expect(await found()).toEqual([person.mark]);
    await database().delete(accounts).where(eq(accounts.id, other!.id));
    const [row] = await database().select().from(users).where(eq(users.id, person.id));
    expect(row?.hasIdentity).toBe(false);
  });
});

/** The plan for a table that is too large to be read as a whole. */
async function explain(statement: SQL): Promise<string> {
  return database().transaction(async (tx) => {
    await tx.execute(sql`set local enable_seqscan = off`);
    const rows = await tx.execute<{ "QUERY PLAN": string }>(sql`explain ${statement}`);
    return rows.map((row) => row["QUERY PLAN"]).join("\n");
  });
}
