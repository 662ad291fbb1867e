import { randomBytes } from "node:crypto";
import { startStage } from "../attacks/support/stage";
import { expect, proves, test } from "../attacks/support/test";

const secret = randomBytes(32).toString("base64");
const former = randomBytes(32).toString("base64");

test("the scheduler's routes are not there without a secret", proves("13.4.5"), async ({ visitor }) => {
  const answer = await visitor.get("/api/cron/clean-up", { authorization: `Bearer ${secret}` });
  expect(answer.status).toBe(404);
});

test(
  "a scheduler with the secret, or the one before it, has each task done; nobody else does",
  proves("8.3.1", "4.1.4"),
  async ({ world }) => {
    const stage = await startStage(world, { env: { CRON_SECRET: `${secret},${former}` } });
    const ask = async (task: string, authorization?: string, method = "GET") => {
      const headers: Record<string, string> = authorization === undefined ? {} : { authorization };
      const response = await fetch(`${stage.url}/api/cron/${task}`, { method, headers });
      return { status: response.status, text: await response.text() };
    };
    try {
      const { sql } = stage.rows;
      await sql`insert into seen_token_ids ${sql({ issuer: "i", token_id: "old", expires_at: new Date(0) })}`;
      for (const shown of [undefined, "Bearer", "Bearer wrong", `Basic ${secret}`, `Bearer ${secret}x`])
        expect((await ask("clean-up", shown)).status, shown).toBe(401);
      expect((await ask("clean-up", `Bearer ${secret}`, "POST")).status).toBe(405);
      expect(await sql`select 1 from seen_token_ids`).toHaveLength(1);

      const cleaned = await ask("clean-up", `Bearer ${secret}`);
      expect(JSON.parse(cleaned.text)).toMatchObject({ data: { task: "clean-up", outcome: "done" } });
      expect(await sql`select 1 from seen_token_ids`).toHaveLength(0);
      expect((await ask("deliver-mail", `Bearer ${former}`)).status).toBe(200);
      expect((await ask("seal-audit", `Bearer ${secret}`)).status).toBe(200);
      expect((await ask("bulk-changes", `Bearer ${secret}`)).status).toBe(200);
      expect((await ask("rotate-keys", `Bearer ${secret}`)).status).toBe(200);
      expect(await sql`select 1 from signing_keys`).toHaveLength(1);
      const noted = await sql<{ task: string }[]>`select task from task_runs order by task`;
      expect(noted.map(({ task }) => task)).toEqual([
        "bulk-changes",
        "clean-up",
        "deliver-mail",
        "rotate-keys",
        "seal-audit",
      ]);
      expect((await ask("drop-tables", `Bearer ${secret}`)).status).toBe(404);
      expect(stage.log()).not.toContain(secret);
    } finally {
      await stage.close();
    }
  },
);

test("a task that another process is at is left to it", async ({ world }) => {
  const stage = await startStage(world, { env: { CRON_SECRET: secret } });
  try {
    const answer = await stage.rows.sql.begin(async (tx) => {
      await tx`select pg_advisory_xact_lock(hashtextextended('gatehouse housekeeping', 0))`;
      const response = await fetch(`${stage.url}/api/cron/clean-up`, {
        headers: { authorization: `Bearer ${secret}` },
      });
      return response.text();
    });
    expect(answer).toContain('"outcome":"busy"');
  } finally {
    await stage.close();
  }
});
