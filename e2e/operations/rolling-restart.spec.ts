import { expect, proves, test } from "../attacks/support/test";
import { underLoad } from "../tokens/support/load";
import { startPeerPair, type PeerPair } from "../tokens/support/peer-pair";
import { followReadiness } from "./support/follow-readiness";

const soon = { timeout: 30_000, intervals: [100] };

test(
  "a rolling restart under load, behind a proxy that asks for readiness: no request fails, nobody is signed out",
  proves("16.5.2"),
  async ({ world }, testInfo) => {
    test.setTimeout(120_000);
    const pair = await startPeerPair(world, { NEXT_MANUAL_SIG_HANDLE: "true", SHUTDOWN_DELAY_SECONDS: "3" });
    const ports = pair.instances.all.map(({ port }) => port);
    const stopFollowing = followReadiness(pair.balancer, ports);
    try {
      const person = await pair.signIn();
      const regulars = ["/profile", "/api/me", "/public"].map((path) => ({
        name: path,
        ask: () => person.get(path),
      }));
      const load = await underLoad(regulars, async () => {
        for (const which of [0, 1] as const) await restart(pair, which);
      });
      testInfo.annotations.push({ type: "figures", description: `${String(load.answered)} answered` });
      expect(load.failed).toEqual([]);
      expect(load.answered).toBeGreaterThan(20);
      expect((await person.get("/api/me")).status).toBe(200);
      expect(pair.instances.log().match(/"sys_shutdown_done"/g)).toHaveLength(2);
    } finally {
      await stopFollowing();
      await pair.close();
    }
  },
);

/** Ends a process as an orchestrator does; whoever supervises it starts the next one. */
async function restart({ instances }: PeerPair, which: 0 | 1): Promise<void> {
  const { app, url } = instances.all[which];
  const { part } = app();
  const restarts = part.restarts;
  process.kill(part.pid!, "SIGTERM");
  await expect.poll(() => part.restarts, soon).toBe(restarts + 1);
  await expect
    .poll(
      async () => (await fetch(`${url}/api/health/ready`, { headers: { connection: "close" } })).status,
      soon,
    )
    .toBe(200);
}
