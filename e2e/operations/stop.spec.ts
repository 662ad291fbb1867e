import { signedInVisitor } from "../attacks/support/oidc";
import { startStage, type Stage } from "../attacks/support/stage";
import { expect, proves, test } from "../attacks/support/test";
import { underLoad } from "../tokens/support/load";

const handled = { NEXT_MANUAL_SIG_HANDLE: "true" };
const soon = { timeout: 20_000, intervals: [50] };

test("SIGTERM: ready goes red while pages are served, and the process exits with 0", async ({ world }) => {
  const stage = await startStage(world, { env: { ...handled, SHUTDOWN_DELAY_SECONDS: "5" } });
  try {
    const member = await signedInVisitor(stage.url, stage.peer);
    let pages = 0;
    const page = {
      name: "profile",
      async ask() {
        const answer = await member.get("/profile");
        pages += 1;
        return answer;
      },
    };
    const call = { name: "me", ask: () => member.get("/api/me") };
    const load = await underLoad([page, call], async () => {
      process.kill(stage.app.part.pid!, "SIGTERM");
      await expect.poll(async () => (await member.get("/api/health/ready")).status, soon).toBe(503);
      const before = pages;
      await expect.poll(() => pages, soon).toBeGreaterThan(before);
    });
    expect(load.failed).toEqual([]);
    await expectEnd(stage);
  } finally {
    await stage.close();
  }
});

test(
  "a request under way when the process is told to stop gets its answer; a new one finds nobody",
  proves("2.3.3"),
  async ({ world }) => {
    const stage = await startStage(world, { env: { ...handled, SHUTDOWN_DELAY_SECONDS: "0" } });
    try {
      const { sql } = stage.rows;
      const member = await signedInVisitor(stage.url, stage.peer);
      const answer = await sql.begin(async (tx) => {
        await tx`lock table sessions`;
        const slow = member.get("/api/me");
        await expect.poll(() => waiting(stage), soon).toBe(1);
        process.kill(stage.app.part.pid!, "SIGTERM");
        await expect
          .poll(
            () =>
              member.get("/api/health/live").then(
                () => "there",
                () => "gone",
              ),
            soon,
          )
          .toBe("gone");
        return { slow };
      });
      expect((await answer.slow).status).toBe(200);
      await expectEnd(stage);
      // The supervisor starts it again; what the first process held is closed by then.
      expect(stage.log()).not.toContain("sys_shutdown_step_failed");
    } finally {
      await stage.close();
    }
  },
);

test("a client that never ends its request does not hold the process up", async ({ world }) => {
  const stage = await startStage(world, { env: { ...handled, SHUTDOWN_DELAY_SECONDS: "0" } });
  try {
    const never = fetch(`${stage.url}/api/authenticate`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: new ReadableStream({
        start: (controller) => {
          controller.enqueue(new TextEncoder().encode('{"uid"'));
        },
      }),
      duplex: "half",
    } as RequestInit).then(
      () => "answered",
      () => "cut off",
    );
    await expect.poll(() => fetch(`${stage.url}/api/health/live`).then(({ status }) => status)).toBe(200);
    process.kill(stage.app.part.pid!, "SIGTERM");
    expect(await never).toBe("cut off");
    await expectEnd(stage);
  } finally {
    await stage.close();
  }
});

/** Statements that wait for a lock on this stage's database. */
async function waiting({ rows: { sql } }: Stage): Promise<number> {
  const found = await sql`
    select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
  return found.length;
}

async function expectEnd(stage: Stage): Promise<void> {
  const log = () => stage.log();
  await expect.poll(log, { timeout: 25_000 }).toContain("sys_shutdown_done");
  await expect.poll(log, soon).toContain("ended by itself (exit code 0)");
  expect(log()).not.toContain("sys_shutdown_forced");
}
