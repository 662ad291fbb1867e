import type { OutcomeCode } from "../../lib/shared/outcomes";
import type { Answer } from "../peers/answer";
import {
  pressProviderButton,
  signInAtPeer,
  endOf,
  approvedCallback,
  visitCallback,
} from "../attacks/support/oidc";
import { expectLogged } from "../attacks/support/refusals";
import { startStage, type Stage } from "../attacks/support/stage";
import { expect, proves, test as base } from "../attacks/support/test";
import { Visitor } from "../attacks/support/visitor";

/** An application that has never heard of its provider, new for each test here: success is cached, failure is not. */
const test = base.extend<{ cold: Stage }>({
  cold: async ({ world }, provide) => {
    const stage = await startStage(world);
    await provide(stage);
    await stage.close();
  },
});

const broken = { code: "provider_answer_invalid", status: 400 } as const;
const down = { code: "provider_unavailable", status: 502 } as const;
const late = { code: "provider_timeout", status: 504 } as const;

interface Refusal {
  readonly code: OutcomeCode;
  readonly status: number;
}

const answers: readonly (readonly [string, Answer, Refusal])[] = [
  ["500", "server_error", down],
  ["a closed connection", "close", down],
  ["HTML", "html", broken],
  ["half of an answer", "garbage", broken],
  ["nothing", "empty", broken],
  ["64 MB", "huge", broken],
  ["404", { status: 404, body: {} }, broken],
  ["a list", { body: [] }, broken],
  ["null", { body: null }, broken],
  ["a way to another site", { status: 302, headers: { location: "http://127.0.0.1:9/x" }, body: "" }, broken],
  ["a circle", { status: 302, headers: { location: "/.well-known/openid-configuration" }, body: "" }, broken],
];

const metadata: readonly (readonly [string, Record<string, unknown>])[] = [
  ["another issuer", { issuer: "https://other.example" }],
  ["the issuer with a slash more", { issuer: "http://localhost/" }],
  ["no issuer", { issuer: undefined }],
  ["no authorization endpoint", { authorization_endpoint: undefined }],
  ["no token endpoint", { token_endpoint: undefined }],
  ["no jwks_uri", { jwks_uri: undefined }],
  ["a token endpoint on plain http", { token_endpoint: "http://other.example/token" }],
  ["an authorization endpoint by javascript:", { authorization_endpoint: "javascript:alert(1)" }],
  ["a jwks_uri by file:", { jwks_uri: "file:///etc/passwd" }],
  ["a jwks_uri by data:", { jwks_uri: 'data:application/json,{"keys":[]}' }],
  ["a UserInfo endpoint that is a number", { userinfo_endpoint: 7 }],
];

async function expectNoStart(stage: Stage, expected: Refusal): Promise<void> {
  const before = await stage.rows.counts();
  const visitor = new Visitor(stage.url);
  const end = await endOf(visitor, await pressProviderButton(visitor));
  expect(end).toMatchObject({ kind: "refused", ...expected });
  expect(visitor.cookies.size).toBe(0);
  expect(await stage.rows.counts()).toEqual(before);
  await expectLogged(stage, end);
}

test(
  "discovery that fails in any way starts nothing, and the first good answer is used",
  proves(
    "oidcc-client-test-discovery-issuer-mismatch",
    "oidcc-client-test-discovery-openid-config",
    "note 5",
    "note 7",
  ),
  async ({ cold }) => {
    const { peer } = cold;
    for (const [title, answer, expected] of answers)
      await test.step(`it answers ${title}`, async () => {
        peer.behaviour.discovery = answer;
        await expectNoStart(cold, expected);
      });
    peer.behaviour.discovery = null;
    for (const [title, changed] of metadata)
      await test.step(`it names ${title}`, async () => {
        peer.behaviour.metadata = changed;
        await expectNoStart(cold, broken);
      });
    peer.behaviour.metadata = {};
    expect(await signInAtPeer(new Visitor(cold.url), peer)).toMatchObject({ kind: "signed-in" });

    // Warm now: an outage of discovery is not felt, and no sign-in asks again.
    const asked = () => peer.requests.filter(({ endpoint }) => endpoint === "discovery").length;
    const before = asked();
    peer.behaviour.discovery = "close";
    expect(await signInAtPeer(new Visitor(cold.url), peer)).toMatchObject({ kind: "signed-in" });
    expect(asked()).toBe(before);
  },
);

test(
  "discovery that never answers, or never ends, is given up after 5 seconds",
  proves("note 5"),
  async ({ cold }) => {
    for (const answer of ["hang", "stall"] as const) {
      cold.peer.behaviour.discovery = answer;
      const started = performance.now();
      // Together, so that all wait for one call.
      await Promise.all([expectNoStart(cold, late), expectNoStart(cold, late)]);
      expect(performance.now() - started).toBeLessThan(10_000);
    }
    expect(cold.peer.requests.filter(({ endpoint }) => endpoint === "discovery").length).toBe(2);
  },
);

test(
  "keys that cannot be had sign nobody in, and the first good answer is used",
  proves("oidcc-client-test-discovery-jwks-uri-keys", "note 5"),
  async ({ cold }) => {
    const { peer } = cold;
    const cases: readonly (readonly [string, Answer, Refusal])[] = [
      ...answers.filter(([title]) => title !== "a circle"),
      ["no keys", { body: { keys: [] } }, { code: "id_token_invalid", status: 400 }],
      ["keys that are none", { body: { keys: [null, 7, {}] } }, broken],
      ["something else than keys", { body: { keys: "x" } }, broken],
    ];
    for (const [title, answer, expected] of cases)
      await test.step(`they come as ${title}`, async () => {
        peer.behaviour.jwks = answer;
        const before = await cold.rows.counts();
        const end = await signInAtPeer(new Visitor(cold.url), peer);
        if (expected.status === 400) expect(end).toMatchObject({ kind: "refused", status: 400 });
        else expect(end).toMatchObject({ kind: "refused", ...expected });
        expect(await cold.rows.counts()).toEqual(before);
        await expectLogged(cold, end);
      });
    peer.behaviour.jwks = null;
    // An empty key set was a good answer: a few seconds pass before it is asked for again.
    await expect
      .poll(async () => (await signInAtPeer(new Visitor(cold.url), peer)).kind, { timeout: 8_000 })
      .toBe("signed-in");
  },
);

test("keys that never come are given up after 5 seconds", proves("note 5"), async ({ cold }) => {
  cold.peer.behaviour.jwks = "hang";
  const before = await cold.rows.counts();
  const started = performance.now();
  const ends = await Promise.all([1, 2].map(() => signInAtPeer(new Visitor(cold.url), cold.peer)));
  for (const end of ends) expect(end).toMatchObject({ kind: "refused", ...late });
  expect(performance.now() - started).toBeLessThan(10_000);
  expect(await cold.rows.counts()).toEqual(before);
});

test(
  "keys change as providers change them",
  proves(
    "oidcc-client-test-signing-key-rotation",
    "oidcc-client-test-signing-key-rotation-just-before-signing",
    "oidcc-client-test-kid-absent-multiple-jwks",
  ),
  async ({ cold }) => {
    const { peer } = cold;
    const signIn = (scenario = {}) => signInAtPeer(new Visitor(cold.url), peer, scenario);
    const fetched = () => peer.requests.filter(({ endpoint }) => endpoint === "jwks").length;
    expect(await signIn()).toMatchObject({ kind: "signed-in" });
    expect(fetched()).toBe(1);

    // Just before signing, in the middle of a sign-in; within the cool-down of the keys at most a retry is needed.
    await expect
      .poll(async () => (await signIn({ beforeSigning: () => peer.rotateKeys("kept") })).kind, {
        timeout: 8_000,
        intervals: [500],
      })
      .toBe("signed-in");
    expect(await signIn({ algorithm: "ES256" })).toMatchObject({ kind: "signed-in" });

    // Two keys of one kind are published now, and the token does not say which signed it.
    expect(await signIn({ header: { kid: undefined } })).toMatchObject({ kind: "signed-in" });
    expect(await signIn({ header: { kid: undefined }, signing: "flipped" })).toMatchObject({
      kind: "refused",
    });
    expect(await signIn({ header: { kid: undefined }, signing: "stranger" })).toMatchObject({
      kind: "refused",
    });

    // A flood of unknown keys makes no flood of fetches.
    const before = fetched();
    await Promise.all(Array.from({ length: 12 }, () => signIn({ signing: "unknown_key" })));
    expect(fetched() - before).toBeLessThanOrEqual(1);

    // The old keys are withdrawn: the new ones are found.
    await peer.rotateKeys("withdrawn");
    await expect
      .poll(async () => (await signIn()).kind, { timeout: 8_000, intervals: [500] })
      .toBe("signed-in");
  },
);

test("a provider that goes away in the middle is met with a page that helps", async ({ cold }) => {
  const visitor = new Visitor(cold.url);
  const address = await approvedCallback(visitor, cold.peer);
  await cold.peer.close();
  const end = await visitCallback(visitor, address);
  expect(end).toMatchObject({ kind: "refused", ...down });
  await expectLogged(cold, end);
  // Local people and the public page do not feel it.
  expect((await visitor.get("/login")).status).toBe(200);
  expect((await visitor.get("/public")).text).toContain("The public message.");
});

test("a provider without optional endpoints signs in and out", proves("note 4"), async ({ cold }) => {
  cold.peer.behaviour.metadata = {
    userinfo_endpoint: undefined,
    end_session_endpoint: undefined,
    revocation_endpoint: undefined,
    token_endpoint_auth_methods_supported: undefined,
    authorization_response_iss_parameter_supported: undefined,
    code_challenge_methods_supported: undefined,
  };
  const visitor = new Visitor(cold.url);
  const scenario = { idToken: { name: "Of the ID token" }, response: { iss: undefined } };
  expect(await signInAtPeer(visitor, cold.peer, scenario)).toMatchObject({ kind: "signed-in" });
  expect((await visitor.get("/profile")).text).toContain("Of the ID token");
  const end = await endOf(visitor, await visitor.post("/auth/sign-out", { scope: "everywhere" }));
  expect(end).toMatchObject({ kind: "refused", code: "provider_session_remains", status: 200 });
  expect(visitor.sessionCookie).toBeUndefined();
});
