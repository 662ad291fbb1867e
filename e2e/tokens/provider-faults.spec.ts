import { hiddenFields } from "../attacks/support/forms";
import { signInAtPeer } from "../attacks/support/oidc";
import type { Visitor } from "../attacks/support/visitor";
import type { Answer } from "../peers/answer";
import { grantOf, setRemaining } from "./support/database";
import { changing, type Gate } from "./support/gate";
import type { PeerPair } from "./support/peer-pair";
import { at, kinds, readAtOnce } from "./support/readers";
import { expect, proves, test } from "./support/test";

/** Each reads the protected message at once, over two processes. */
const readers = 10;

test.describe.configure({ mode: "default" });

const passing: readonly (readonly [string, Answer])[] = [
  ["hangs", "hang"],
  ["begins an answer and hangs", "stall"],
  ["closes the connection", "close"],
  ["answers 500", "server_error"],
  ["answers 503", { status: 503, headers: { "retry-after": "1" }, body: "" }],
  ["answers 503 that says invalid_grant", { status: 503, body: { error: "invalid_grant" } }],
  ["answers garbage", "garbage"],
  ["answers HTML", "html"],
  ["answers nothing", "empty"],
  ["breaks off in the middle of an answer", "truncated"],
  ["answers with 64 MB", "huge"],
];

for (const [title, answer] of passing)
  test(
    `a provider that ${title} at a refresh: a token that still lasts serves on, one that is over is "try again", nobody is signed out, and it passes`,
    proves({ row: [4, 17] }),
    async ({ pair }) => {
      const { gate, rows } = pair;
      gate.onRefresh = () => Promise.resolve(answer);
      const lasting = await pair.signIn();
      const over = await pair.signIn();
      await setRemaining(rows, lasting, 20);
      await setRemaining(rows, over, -60);
      const [lastingReadings, overReadings] = await Promise.all([
        readAtOnce(pair.instances.all, lasting, readers),
        readAtOnce(pair.instances.all, over, readers),
      ]);
      expect(kinds(lastingReadings)).toEqual(["200"]);
      expect(kinds(overReadings)).toEqual(["503 provider_unavailable"]);
      expect(gate.refreshes, "the provider is asked once for each person").toHaveLength(2);
      expect(await grantOf(rows, over)).toMatchObject({ refresh_failures: 1, ended_reason: null });

      const page = await over.get("/protected");
      expect(page.status).toBe(200);
      expect(page.text).toContain("Your access could not be renewed");
      expect(page.text).toContain("You are still signed in here.");
      expect(await over.get("/api/me")).toMatchObject({ status: 200 });

      // The peer has given each token once, so nobody has used one up.
      gate.onRefresh = null;
      await setRemaining(rows, over, -60);
      expect(kinds(await readAtOnce(pair.instances.all, over, readers))).toEqual(["200"]);
      expect(await grantOf(rows, over)).toMatchObject({ refresh_failures: 0 });
    },
  );

const ending: readonly (readonly [string, (pair: PeerPair) => Promise<Visitor>])[] = [
  [
    "says invalid_grant",
    (pair) => {
      pair.gate.onRefresh = () => Promise.resolve({ status: 400, body: { error: "invalid_grant" } });
      return pair.signIn();
    },
  ],
  ["names another subject", (pair) => pair.signIn({ refreshedIdToken: { sub: "somebody-else" } })],
  ["names another issuer", (pair) => pair.signIn({ refreshedIdToken: { iss: "https://other.example" } })],
  ["sends an ID token for another client", (pair) => pair.signIn({ refreshedIdToken: { aud: "other" } })],
];

for (const [title, signIn] of ending)
  test(
    `a provider that ${title} at a refresh: everybody who asks is told to connect again, the session lives, and one button comes back to the page`,
    proves({ row: [4, 17], asvs: ["10.5.2", "10.5.3"] }),
    async ({ pair }) => {
      const { gate, peer, rows } = pair;
      const person = await signIn(pair);
      await setRemaining(rows, person, 20);
      expect(kinds(await readAtOnce(pair.instances.all, person, readers))).toEqual(["401 reconnect"]);
      expect(gate.refreshes).toHaveLength(1);
      expect(await grantOf(rows, person)).toMatchObject({
        access_token_sealed: null,
        refresh_token_sealed: null,
      });
      const answer = await person.get("/api/messages/protected");
      expect(answer.headers.get("www-authenticate")).toBe('Bearer realm="gatehouse"');
      expect(await person.get("/api/me")).toMatchObject({ status: 200 });

      gate.onRefresh = null;
      expect(await pressSignInAgain(pair, person)).toBe("/protected");
      expect((await person.get("/protected")).text).toContain("The protected message.");
      expect(peer.requests.filter(({ endpoint }) => endpoint === "evil")).toEqual([]);
    },
  );

/** A change to the answer to a refresh, and the lifetime that is written down for it. */
const odd: readonly (readonly [string, Parameters<typeof changing>[0], number | null])[] = [
  ["no expires_in", () => ({ expires_in: undefined }), null],
  ["expires_in in a string", () => ({ expires_in: "120" }), 120],
  ["a negative expires_in", () => ({ expires_in: -5 }), null],
  ["expires_in in words", () => ({ expires_in: "soon" }), null],
  ["no ID token", () => ({ id_token: undefined }), 300],
  ["token_type in lower case", () => ({ token_type: "bearer" }), 300],
  ["no scope", () => ({ scope: undefined }), 300],
];

for (const [title, change, lifetime] of odd)
  test(
    `a refresh answered with ${title}: the new token serves everybody`,
    proves({ row: [4] }),
    async ({ pair }) => {
      const { api, gate, rows } = pair;
      const person = await pair.signIn();
      await setRemaining(rows, person, -60);
      gate.onRefresh = changing(change);
      expect(kinds(await readAtOnce(pair.instances.all, person, readers))).toEqual(["200"]);
      expect(gate.refreshes).toHaveLength(1);
      expect(new Set(api.requests.map(({ authorization }) => authorization)).size).toBe(1);
      expect(await grantOf(rows, person)).toMatchObject({ lifetime_seconds: lifetime, ended_reason: null });
      expect(await at(pair.instances.all[0], person).get("/profile/api-access")).toMatchObject({
        status: 200,
      });
    },
  );

test(
  "a new refresh token replaces the old one, and an answer without one keeps it",
  proves({ row: [4] }),
  async ({ pair }) => {
    const { gate, rows } = pair;
    const person = await pair.signIn();
    const given: unknown[] = [];
    const remember: NonNullable<Gate["onRefresh"]> = async ({ pass }) => {
      const answer = await pass();
      given.push(answer.body["refresh_token"]);
      return answer;
    };
    const keep: NonNullable<Gate["onRefresh"]> = ({ token }) => {
      given.push(token);
      const body = { access_token: "an-access-token", token_type: "Bearer", expires_in: 300 };
      return Promise.resolve({ body });
    };
    for (const onRefresh of [remember, keep, remember, remember]) {
      gate.onRefresh = onRefresh;
      await setRemaining(rows, person, -60);
      expect(kinds(await readAtOnce(pair.instances.all, person, readers))).toEqual(["200"]);
    }
    const [first, ...rest] = gate.refreshes;
    expect(first).toMatch(/^refresh-/);
    expect(rest).toEqual(given.slice(0, 3));
    expect(rest[0]).toBe(rest[1]);
    expect(given[3]).not.toBe(rest[2]);
  },
);

/** Presses the one button of the failed panel and signs in at the peer; gives back where that ends. */
async function pressSignInAgain({ peer }: PeerPair, person: Visitor): Promise<string | null> {
  const page = await person.get("/protected");
  expect(page.text).toContain("Your access to the message service has run out");
  const end = await signInAtPeer(person, peer, {}, hiddenFields(page.text, "Sign in again with Peer"));
  return end.kind === "signed-in" ? end.location : null;
}
