import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { sql as connection } from "@/db/client";
import { findSessionById } from "@/lib/domain/sessions/find-session";
import { getAccessToken } from "./get-access-token";
import { grantRow, providerPerson, setRemaining } from "./testing/people";
import type { ReadOrder, ReadReport } from "./testing/reader-process";

const endpoint = await vi.hoisted(async () => (await import("./testing/environment")).configuredEndpoint());

/** Two instances of the application, as processes of their own. */
let instances: ChildProcess[] = [];

beforeAll(async () => {
  instances = await Promise.all([startInstance(), startInstance()]);
});
beforeEach(() => {
  endpoint.reset();
});
afterAll(async () => {
  for (const instance of instances) instance.disconnect();
  await endpoint.stop();
});

async function startInstance(): Promise<ChildProcess> {
  const file = path.join(import.meta.dirname, "testing/reader-process.ts");
  const instance = fork(file, {
    execArgv: ["--conditions=react-server", "--import", "tsx"],
  });
  await once(instance, "message");
  return instance;
}

async function read(instance: ChildProcess, order: ReadOrder): Promise<ReadReport> {
  const answer = once(instance, "message");
  instance.send(order);
  const [report] = (await answer) as [ReadReport];
  return report;
}

describe("two processes with 100 readers each at the moment of expiry", () => {
  it(
    "refresh exactly once a round, in 20 rounds, and everybody has the same token",
    { timeout: 60_000 },
    async () => {
      const ctx = await providerPerson(endpoint);
      const { sessionId } = ctx.actor.viewer;
      endpoint.delayMilliseconds = 20;
      for (let round = 1; round <= 20; round += 1) {
        await setRemaining(ctx, -1);
        const order = { sessionId, readers: 100, lock: "usual" } as const;
        const reports = await Promise.all(instances.map((instance) => read(instance, order)));
        const answers = new Set(reports.flat());
        expect([...answers]).toEqual([expect.stringMatching(/^at-/)]);
        expect(endpoint.requests).toBe(round);
      }
      expect(endpoint.reuses).toBe(0);
      expect(await findSessionById(sessionId)).not.toBeNull();
    },
  );

  it("refresh more than once without the lock, and the provider ends the grant: the test above can fail", async () => {
    const ctx = await providerPerson(endpoint);
    await setRemaining(ctx, -1);
    endpoint.delayMilliseconds = 20;
    const order = { sessionId: ctx.actor.viewer.sessionId, readers: 100, lock: "none" } as const;
    await Promise.all(instances.map((instance) => read(instance, order)));
    expect(endpoint.requests).toBeGreaterThan(1);
    expect(endpoint.reuses).toBeGreaterThan(0);
    await setRemaining(ctx, -1);
    expect(await getAccessToken(ctx)).toEqual({ ok: false, error: { code: "reconnect" } });
  });
});

describe("a provider that takes 1.5 s", () => {
  it("does not slow down what other people read", async () => {
    const people = await Promise.all(Array.from({ length: 12 }, () => providerPerson(endpoint)));
    const quiet = await latency();
    await Promise.all(people.map((person) => setRemaining(person, -1)));
    endpoint.delayMilliseconds = 1_500;
    const reading = Promise.all(people.map((person) => getAccessToken(person)));
    await vi.waitFor(() => {
      expect(endpoint.requests).toBeGreaterThanOrEqual(4);
    });
    const busy = await latency();
    expect(busy).toBeLessThan(Math.max(2 * quiet, 25));
    expect(endpoint.requests).toBeLessThanOrEqual(4);
    expect((await reading).every(({ ok }) => ok)).toBe(true);
  });
});

describe("a process that is killed in mid-refresh", () => {
  it("leaves no lock behind: the next reader recovers at once", async () => {
    const ctx = await providerPerson(endpoint);
    await setRemaining(ctx, -1);
    const victim = await startInstance();
    endpoint.delayMilliseconds = 60_000;
    victim.send({ sessionId: ctx.actor.viewer.sessionId, readers: 10, lock: "usual" } satisfies ReadOrder);
    await vi.waitFor(() => {
      expect(endpoint.requests).toBe(1);
    });
    victim.kill("SIGKILL");
    await once(victim, "exit");
    endpoint.reset();
    const started = performance.now();
    expect(await getAccessToken(ctx)).toMatchObject({ ok: true });
    expect(performance.now() - started).toBeLessThan(2_000);
    expect(endpoint.requests).toBe(1);
  });

  it("asks to connect again when the provider had rotated already, and the person stays signed in", async () => {
    const ctx = await providerPerson(endpoint);
    await setRemaining(ctx, -1);
    const victim = await startInstance();
    let killed: Promise<unknown> | undefined;
    endpoint.fault = (response) => {
      victim.kill("SIGKILL");
      killed = once(victim, "exit").then(() => response.destroy());
    };
    victim.send({ sessionId: ctx.actor.viewer.sessionId, readers: 10, lock: "usual" } satisfies ReadOrder);
    await vi.waitFor(() => {
      expect(killed).toBeDefined();
    });
    await killed;
    endpoint.fault = undefined;
    expect(await getAccessToken(ctx)).toEqual({ ok: false, error: { code: "reconnect" } });
    expect(await grantRow(ctx)).toMatchObject({ endedReason: "invalid_grant" });
    expect(await findSessionById(ctx.actor.viewer.sessionId)).not.toBeNull();
  });
});

/** The slowest of 20 queries on the pages' pool, in milliseconds. */
async function latency(): Promise<number> {
  const times = [];
  for (let index = 0; index < 20; index += 1) {
    const started = performance.now();
    await connection()`select count(*) from sessions`;
    times.push(performance.now() - started);
  }
  return Math.max(...times);
}
