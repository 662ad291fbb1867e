import { randomBytes } from "node:crypto";
import { findFreePort } from "../../dev/launch/ports";
import { startStage } from "../attacks/support/stage";
import { expect, proves, test } from "../attacks/support/test";
import type { Stage } from "../attacks/support/stage";
import type { Answered } from "../attacks/support/visitor";

const ready = "/api/health/ready";
const live = "/api/health/live";
const soon = { timeout: 10_000, intervals: [100] };

test(
  "the probes say their one word, and no cache keeps it",
  proves("13.4.2", "14.3.2"),
  async ({ visitor }) => {
    for (const [path, status] of [
      [live, "live"],
      [ready, "ready"],
    ] as const) {
      const answer = await visitor.get(path);
      expect(answer).toMatchObject({ status: 200, text: JSON.stringify({ status }) });
      expect(answer.headers.get("cache-control")).toBe("no-store");
      expect(answer.headers.getSetCookie()).toEqual([]);
      expect((await visitor.post(path, {})).status).toBe(405);
    }
  },
);

test(
  "without the database the process lives and is not ready",
  proves("16.5.2"),
  async ({ stage, visitor }) => {
    stage.database.cut();
    await expect.poll(() => words(visitor.get(ready)), soon).toEqual([503, '{"status":"unavailable"}']);
    expect(await words(visitor.get(live))).toEqual([200, '{"status":"live"}']);
    expect(changes(stage).at(-1)).toEqual(["database"]);
    stage.database.restore();
    await expect.poll(() => words(visitor.get(ready)), soon).toEqual([200, '{"status":"ready"}']);
    expect(changes(stage).at(-1)).toEqual([]);
  },
);

test("a database that swallows every question is noticed in time", async ({ stage, visitor }) => {
  stage.database.stall();
  await expect.poll(() => words(visitor.get(ready)), soon).toEqual([503, '{"status":"unavailable"}']);
  stage.database.restore();
  await expect.poll(() => words(visitor.get(ready)), soon).toEqual([200, '{"status":"ready"}']);
});

test("a database without the last migration is not ready for this version", async ({ stage, visitor }) => {
  const { sql } = stage.rows;
  const [last] = await sql<{ id: number; hash: string; created_at: string }[]>`
    delete from drizzle.__drizzle_migrations
    where created_at = (select max(created_at) from drizzle.__drizzle_migrations) returning *`;
  await expect.poll(() => words(visitor.get(ready)), soon).toEqual([503, '{"status":"unavailable"}']);
  expect(changes(stage).at(-1)).toEqual(["migrations"]);
  await sql`insert into drizzle.__drizzle_migrations ${sql(last!)}`;
  await expect.poll(() => words(visitor.get(ready)), soon).toEqual([200, '{"status":"ready"}']);
});

test(
  "keys that open nothing of what is stored are noticed before people are",
  proves("13.3.1"),
  async ({ world }) => {
    const stage = await startStage(world);
    try {
      const { sql } = stage.rows;
      await fetch(`${stage.url}/.well-known/jwks.json`);
      const another = randomBytes(64).toString("base64url");
      await sql`update signing_keys set private_key_sealed = ${`v1.k1.${another}`}`;
      await expect.poll(() => words(ask(stage)), soon).toEqual([503, '{"status":"unavailable"}']);
      expect(changes(stage).at(-1)).toEqual(["keys"]);
    } finally {
      await stage.close();
    }
  },
);

test("without its provider the process is degraded, and serves", proves("16.5.2"), async ({ world }) => {
  const stage = await startStage(world, {
    env: { OIDC_ISSUER: `http://localhost:${String(await findFreePort())}` },
  });
  try {
    expect(await words(ask(stage))).toEqual([200, '{"status":"degraded"}']);
    expect(changes(stage)).toEqual([["provider oidc"]]);
  } finally {
    await stage.close();
  }
});

/** What the log says is missing, change by change. */
function changes(stage: Stage): unknown[] {
  return stage
    .log()
    .split("\n")
    .filter((line) => line.includes('"readiness_changed"'))
    .map((line) => (JSON.parse(line) as { failed: unknown }).failed);
}

async function ask({ url }: Stage): Promise<Pick<Answered, "status" | "text">> {
  const response = await fetch(url + ready);
  return { status: response.status, text: await response.text() };
}

async function words(answer: Promise<Pick<Answered, "status" | "text">>): Promise<[number, string]> {
  const { status, text } = await answer;
  return [status, text];
}
