import { once } from "node:events";
import { connect, createServer, type AddressInfo } from "node:net";
import postgres from "postgres";
import { expect, it } from "vitest";
import { oneAtATime } from "./one-at-a-time";
import { configured } from "@/lib/test-environment";

/** The kinds of the messages in a piece of the conversation (PostgreSQL's frontend/backend protocol 3.0). */
function kindsIn(piece: Buffer): string[] {
  const kinds: string[] = [];
  for (let at = 0; at + 5 <= piece.length; at += 1 + piece.readInt32BE(at + 1))
    kinds.push(String.fromCharCode(piece[at]!));
  return kinds;
}

/** Stands between the driver and PostgreSQL and counts what is sent while a query has not ended. */
async function watch() {
  const { hostname, port } = new URL(configured("DATABASE_URL"));
  let [early, unended, ready] = [0, 0, false];
  const server = createServer((client) => {
    const database = connect(Number(port), hostname);
    client.on("data", (piece) => {
      for (const kind of ready ? kindsIn(piece) : []) {
        if (unended > 0) early += 1;
        if (kind === "S" || kind === "Q") unended += 1;
      }
      database.write(piece);
    });
    database.on("data", (piece) => {
      const ends = kindsIn(piece).filter((kind) => kind === "Z").length;
      if (ready) unended -= ends;
      ready ||= ends > 0;
      client.write(piece);
    });
    client.on("close", () => database.destroy());
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const url = new URL(configured("DATABASE_URL"));
  url.host = `127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  return { url: url.href, early: () => early, close: () => server.close() };
}

/** Statements with and without parameters, all at once on one connection. */
async function crowd(sql: postgres.Sql): Promise<unknown[]> {
  await sql`select 1`;
  const kinds = [
    () => sql`select 1 as at`,
    (at: number) => sql`select ${at}::int as at`,
    () => sql.unsafe("select 2 as at"),
    (at: number) => sql.unsafe("select $1::int as at", [at]),
    (at: number) => sql`select ${at}::int ${sql`as at`}`,
  ];
  const found = await Promise.all(Array.from({ length: 20 }, (_, at) => kinds[at % kinds.length]!(at)));
  const inTransaction = await sql.begin(async (tx) => [
    await tx`select 3 as at`,
    await tx`select ${4}::int as at`,
  ]);
  await sql.end();
  return [...found, ...inTransaction].map(([row]) => (row as { at: unknown }).at);
}

it("sends nothing behind a statement that has not ended, which the driver by itself does", async () => {
  const [ours, standard] = [await watch(), await watch()];
  const open = (url: string) => postgres(url, { max: 1, prepare: false, fetch_types: false });
  const answers = await crowd(oneAtATime(open(ours.url)));
  expect(answers).toEqual(await crowd(open(standard.url)));
  expect(answers.slice(-7)).toEqual([1, 16, 2, 18, 19, 3, 4]);
  for (const { close } of [ours, standard]) close();
  expect([ours.early(), standard.early() > 0]).toEqual([0, true]);
});
