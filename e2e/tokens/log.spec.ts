import { signUpLocally } from "../attacks/support/forms";
import { signInAtPeer } from "../attacks/support/oidc";
import { stranger } from "../attacks/support/test";
import { Visitor } from "../attacks/support/visitor";
import { setRemaining } from "./support/database";
import type { PeerPair } from "./support/peer-pair";
import { read } from "./support/readers";
import { expect, proves, test } from "./support/test";

test.describe.configure({ mode: "default", timeout: 60_000 });

test(
  "of refreshes, failed ones too, and of tokens that the API refuses, the log shows no token",
  proves({ row: [4], asvs: ["16.2.5"] }),
  async ({ pair }) => {
    const { api, gate, instances, rows } = pair;
    const person = await pair.signIn();
    gate.onRefresh = () => Promise.resolve("garbage");
    await setRemaining(rows, person, -60);
    await read(person);
    gate.onRefresh = null;
    await setRemaining(rows, person, -60);
    await read(person);
    await setRemaining(rows, person, 200);
    api.answer = { status: 401, body: {} };
    await read(person);
    await expect.poll(() => instances.log()).toContain("api_refused_token");
    const bearers = api.requests.map(({ authorization }) => authorization?.replace(/^Bearer /, ""));
    const secrets = [...gate.refreshes, ...bearers];
    expect(secrets.length).toBeGreaterThan(2);
    expect(secrets.filter((secret) => instances.log().includes(secret!))).toEqual([]);
  },
);

test(
  "a token that the API refuses right after the sign-in is described in the log: its audience is the likely fault",
  proves({ row: [17] }),
  async ({ pair }) => {
    const { api, instances } = pair;
    const person = await pair.signIn();
    api.answer = { status: 401, body: {} };
    const answer = await person.get("/api/messages/protected");
    expect(answer.status).toBe(401);
    const reference = answer.headers.get("x-request-id")!;
    const entries = () =>
      instances
        .log()
        .split("\n")
        .filter((line) => line.includes(reference));
    await expect.poll(() => entries().join("\n")).toContain("api_refused_token");
    expect(entries().join("\n")).toContain('"format":"opaque"');
  },
);

test(
  "when the database keeps a sign-in or a sign-up waiting too long, people are told to try again, and no parameter of a query is in the log",
  proves({ asvs: ["16.2.5", "16.5.2"] }),
  async ({ pair }) => {
    const subject = "somebody who waits";
    await pair.signIn({ subject });
    const person = stranger();
    const [end] = await whileLocked(pair, () =>
      Promise.all([
        signInAtPeer(new Visitor(pair.url), pair.peer, { subject }),
        signUpLocally(new Visitor(pair.url), person).catch(() => "refused"),
      ]),
    );
    await expect.poll(() => pair.instances.log().match(/lock timeout/g)?.length).toBeGreaterThanOrEqual(2);
    const log = pair.instances.log();
    const leaks = ["$argon2id$", subject, person.email, "params:"].filter((secret) => log.includes(secret));
    expect.soft(leaks).toEqual([]);
    expect(end).toMatchObject({ kind: "refused", code: "temporarily_unavailable", status: 503 });
  },
);

/** Keeps accounts and passwords from being written, as a migration or a stuck transaction does. */
async function whileLocked<Value>({ rows }: PeerPair, work: () => Promise<Value>): Promise<Value> {
  const connection = await rows.sql.reserve();
  try {
    await connection`begin`;
    await connection`lock table accounts, credentials in exclusive mode`;
    return await work();
  } finally {
    await connection`rollback`;
    connection.release();
  }
}
