import { eq, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { afterAll, describe, expect, it } from "vitest";
import { prepareStatements } from "./prepare-statements";
import { users } from "./schema";
import { environment } from "@/lib/env";

const nobody = "00000000-0000-0000-0000-000000000000";
const clients: postgres.Sql[] = [];

/** A database of one connection, and the names of the statements that it keeps. */
function open(prepare: boolean) {
  const client = postgres(environment().DATABASE_URL, { max: 1, prepare });
  clients.push(client);
  const db = drizzle(prepareStatements(client));
  const kept = async () =>
    (await client.unsafe(`select statement from pg_prepared_statements`)).map((row) =>
      String(row["statement"]),
    );
  return { db, kept };
}

afterAll(() => Promise.all(clients.map((client) => client.end())));

describe("statements of Drizzle", () => {
  it("are prepared once a connection", async () => {
    const { db, kept } = open(true);
    for (let times = 0; times < 3; times += 1)
      expect(await db.select({ name: users.name }).from(users).where(eq(users.id, nobody))).toEqual([]);
    expect((await kept()).filter((statement) => statement.includes('from "users"'))).toHaveLength(1);
  });

  it("are prepared in a transaction and within a savepoint, which still roll back", async () => {
    const { db, kept } = open(true);
    const failed = db.transaction(async (outer) => {
      await outer.update(users).set({ name: "a" }).where(eq(users.id, nobody));
      await outer.transaction(async (inner) => {
        await inner.delete(users).where(eq(users.id, nobody));
        await inner.execute(sql`select 1 / ${0}::int`);
      });
    });
    await expect(failed).rejects.toThrow();
    const statements = (await kept()).join("\n");
    expect(statements).toContain('update "users"');
    expect(statements).toContain('delete from "users"');
    expect(await db.execute(sql`select 1 as one`)).toEqual([{ one: 1 }]);
  });

  it("stay unnamed where the configuration says so", async () => {
    const { db, kept } = open(false);
    await db.select({ name: users.name }).from(users).where(eq(users.id, nobody));
    expect(await kept()).toEqual([]);
  });
});
