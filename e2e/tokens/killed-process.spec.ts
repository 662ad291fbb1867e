import type { Answer } from "../peers/answer";
import { signInAtPeer } from "../attacks/support/oidc";
import { grantOf, setRemaining } from "./support/database";
import { deferred } from "./support/deferred";
import type { PeerPair } from "./support/peer-pair";
import { at, read } from "./support/readers";
import { expect, proves, test } from "./support/test";

test.describe.configure({ mode: "default" });

test(
  "kill -9 in mid-refresh before the provider has answered loses nothing: the next request at the other process renews",
  proves({ row: [4] }),
  async ({ pair }, testInfo) => {
    const { gate, instances, rows } = pair;
    const [survivor, victim] = instances.all;
    const person = await pair.signIn();
    await setRemaining(rows, person, -60);
    gate.onRefresh = () => new Promise<Answer>(() => undefined);
    const lost = read(at(victim, person)).catch(() => "lost");
    await expect.poll(() => gate.refreshes.length).toBe(1);
    const restarted = kill(pair);
    expect(await lost).toBe("lost");
    gate.onRefresh = null;
    const started = performance.now();
    expect(await read(at(survivor, person))).toMatchObject({ status: 200 });
    const took = (performance.now() - started).toFixed(0);
    testInfo.annotations.push({ type: "figures", description: `recovered in ${took} ms` });
    expect(gate.refreshes, "with the same refresh token").toEqual([gate.refreshes[0], gate.refreshes[0]]);
    await restarted;
    expect(await read(at(victim, person))).toMatchObject({ status: 200 });
  },
);

test(
  "kill -9 after the provider has rotated loses the grant, never the session: one sign-in brings it back",
  proves({ row: [4, 17] }),
  async ({ pair }, testInfo) => {
    const { gate, instances, peer, rows } = pair;
    const [survivor, victim] = instances.all;
    const person = await pair.signIn();
    await setRemaining(rows, person, -60);
    const rotated = deferred();
    gate.onRefresh = async ({ pass }) => {
      await pass();
      rotated.resolve();
      return new Promise<Answer>(() => undefined);
    };
    const lost = read(at(victim, person)).catch(() => "lost");
    await rotated.promise;
    const restarted = kill(pair);
    expect(await lost).toBe("lost");
    gate.onRefresh = null;
    const started = performance.now();
    expect(await read(at(survivor, person))).toMatchObject({ status: 401, error: "reconnect" });
    const took = (performance.now() - started).toFixed(0);
    testInfo.annotations.push({ type: "figures", description: `the other process knew in ${took} ms` });
    expect(await grantOf(rows, person)).toMatchObject({ ended_reason: "invalid_grant" });
    expect(await at(survivor, person).get("/api/me")).toMatchObject({ status: 200 });
    const page = await at(survivor, person).get("/protected");
    expect(page.text).toContain("Sign in again with Peer");

    await restarted;
    const end = await signInAtPeer(person, peer, {}, { returnTo: "/protected" });
    expect(end).toEqual({ kind: "signed-in", location: "/protected" });
    for (const instance of instances.all)
      expect(await read(at(instance, person))).toMatchObject({ status: 200 });
  },
);

/** Ends the second process without a word, and resolves when it has been started again. */
async function kill({ instances }: PeerPair): Promise<void> {
  const { part } = instances.all[1].app();
  const restarts = part.restarts;
  process.kill(part.pid!, "SIGKILL");
  await expect.poll(() => part.restarts, { timeout: 20_000 }).toBe(restarts + 1);
}
