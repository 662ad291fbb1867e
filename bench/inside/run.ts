import { generateKeyPairSync, randomUUID, sign } from "node:crypto";
import type { Answers, Order } from "./orders";
import { timeTelemetry } from "./telemetry";
import { database, sql } from "@/db/client";
import type { PersonContext } from "@/lib/domain/context";
import { mintAccessToken } from "@/lib/domain/issuer/mint-access-token";
import { findSession } from "@/lib/domain/sessions/find-session";
import { getAccessToken } from "@/lib/domain/tokens/get-access-token";
import { verifyPassword } from "@/lib/platform/hashing/password-hash";

type Work = {
  readonly [Kind in Order["kind"]]: (order: Extract<Order, { kind: Kind }>) => Promise<Answers[Kind]>;
};

const work: Work = {
  /** The limit of this machine: nothing but the hashes, in the product's own threads. */
  async hash({ seconds, concurrency }) {
    const start = performance.now();
    const until = start + seconds * 1_000;
    let done = 0;
    const check = async () => {
      while (performance.now() < until) {
        await verifyPassword("not the password", null);
        done += 1;
      }
    };
    await Promise.all(Array.from({ length: concurrency }, check));
    return (done * 1_000) / (performance.now() - start);
  },

  /** The token against nothing but the row that holds it. */
  async read({ token, rounds, calls }) {
    const ctx = await contextOf(token);
    const { sessionId } = ctx.actor.viewer;
    const select = () =>
      sql()`select * from provider_tokens where session_id = ${sessionId} and provider = 'oidc'`;
    return inTurn(rounds, calls, { verb: () => accessToken(ctx), select });
  },

  /** A token of our own against nothing but its signature, and one that was minted before. */
  async mint({ token, rounds, calls }) {
    const ctx = await contextOf(token);
    const { viewer } = ctx.actor;
    const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const input = Buffer.alloc(500, "a");
    const mint = (sessionId: string) =>
      mintAccessToken(ctx, { viewer: { ...viewer, sessionId }, audience: "bench" });
    return inTurn(rounds, calls, {
      fresh: () => mint(randomUUID()),
      kept: () => mint(viewer.sessionId),
      signature: () => Promise.resolve(sign("sha256", input, { key: privateKey, dsaEncoding: "ieee-p1363" })),
    });
  },

  async refresh({ token, readers }) {
    const ctx = await contextOf(token);
    const start = performance.now();
    const tokens = await Promise.all(Array.from({ length: readers }, () => accessToken(ctx)));
    const took = performance.now() - start;
    if (new Set(tokens).size !== 1) throw new Error("The readers got different tokens.");
    return took;
  },

  /** Brings the access token of the session to its end. */
  async expire({ token }) {
    const { sessionId } = (await contextOf(token)).actor.viewer;
    await sql()`
      update provider_tokens
      set expires_at = now() - interval '1 second', obtained_at = now() - interval '5 minutes', refreshed_at = null,
        refresh_failures = 0, retry_after = null
      where session_id = ${sessionId}`;
    return null;
  },

  telemetry: (order) => Promise.resolve(timeTelemetry(order)),
};

async function contextOf(token: string): Promise<PersonContext> {
  const found = await findSession(token);
  if (found === null) throw new Error("The session is not live.");
  return {
    actor: { kind: "person", viewer: found.viewer },
    requestId: "bench",
    address: null,
    userAgent: null,
    now: () => new Date(),
    db: database(),
  };
}

async function accessToken(ctx: PersonContext): Promise<string> {
  const result = await getAccessToken(ctx);
  if (!result.ok) throw new Error(`There is no access token: ${result.error.code}.`);
  return result.value.token;
}

/** Calls each in turn, `calls` times one after the other in each round. The first round warms up and is not counted. */
async function inTurn<Name extends string>(
  rounds: number,
  calls: number,
  things: Readonly<Record<Name, () => Promise<unknown>>>,
): Promise<Record<Name, number[]>> {
  const names = Object.keys(things) as Name[];
  const times = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<Name, number[]>;
  for (let round = 0; round <= rounds; round += 1) {
    for (const name of names) {
      const start = performance.now();
      for (let call = 0; call < calls; call += 1) await things[name]();
      if (round > 0) times[name].push((performance.now() - start) / calls);
    }
  }
  return times;
}

function carryOut(order: Order): Promise<unknown> {
  // The table has the right function for each kind; the compiler cannot tie the two together.
  return (work[order.kind] as (given: Order) => Promise<unknown>)(order);
}

process.on("message", (order: Order) => {
  carryOut(order).then(
    (value) => process.send?.({ value }),
    (error: unknown) =>
      process.send?.({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
});
// At Ctrl-C the benchmark decides the order.
process.on("SIGINT", () => undefined);
process.on("disconnect", () => process.exit(1));
process.send?.({ value: null });
