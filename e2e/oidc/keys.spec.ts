import { approvedCallback, signInAtPeer, visitCallback } from "../attacks/support/oidc";
import { expectAccepted, expectRefusal, expectRefused, expectRefusals } from "../attacks/support/refusals";
import { Visitor } from "../attacks/support/visitor";
import { conforms, refusal, saw, signedIn } from "../conformance/conforms";
import { expect } from "../fixtures";
import type { Answer } from "../peers/answer";
import { brokenAnswers, outcomeOf } from "./support/broken-answers";
import { onOwnStage } from "./support/own-stage";

/** Publishes keys of kinds that nobody knows and keys for encryption beside those that sign. */
const test = onOwnStage({
  prepare: ({ peer }) => {
    peer.behaviour.publishedKeys = (keys) => [
      { kty: "AKP", alg: "ML-DSA-44", kid: "post-quantum", pub: "AA" },
      ...keys.map((key) => ({ ...key, use: "enc" })),
      ...keys,
    ];
  },
});
test.describe.configure({ mode: "default" });

const broken: readonly (readonly [string, Answer, ReturnType<typeof outcomeOf>])[] = [
  ...Object.entries(brokenAnswers).map(
    ([title, [answer, fault]]) => [title, answer, outcomeOf(fault, "id_token_invalid")] as const,
  ),
  ["keys that are none", { body: { keys: [null, 7] } }, "id_token_invalid"],
  ["something else than keys", { body: { keys: "x" } }, "id_token_invalid"],
];

for (const [title, answer, code] of broken) {
  // What has another status than 200 holds no keys, whatever its body.
  const expected = /^\d+$/.test(title) && code === "id_token_invalid" ? "provider_answer_invalid" : code;
  test(
    `a JWKS that answers ${title} signs nobody in`,
    conforms({ expected: refusal(expected), notes: [5] }),
    async ({ stage, visitor }) => {
      stage.peer.behaviour.jwks = answer;
      await expectRefusal(stage, visitor, {}, expected);
    },
  );
}

test(
  "a JWKS that never comes to an end is given up after 5 seconds",
  conforms({ expected: refusal("provider_timeout"), notes: [5] }),
  async ({ stage }) => {
    for (const answer of ["hang", "drip"] as const) {
      stage.peer.behaviour.jwks = answer;
      await expectRefusals(stage, [{}, {}], "provider_timeout");
    }
  },
);

test(
  "a provider that goes away in the middle is met with a page that helps",
  conforms({ expected: refusal("provider_unavailable") }),
  async ({ stage, visitor }) => {
    const address = await approvedCallback(visitor, stage.peer);
    stage.peer.behaviour.jwks = "close";
    await expectRefused(stage, visitor, () => visitCallback(visitor, address), "provider_unavailable");
    // Local people and the public page do not feel it.
    expect((await visitor.get("/login")).status).toBe(200);
    expect((await visitor.get("/public")).text).toContain("The public message.");
  },
);

test(
  "the keys are read from the discovered address, among keys for other ends, once for many sign-ins",
  conforms({
    lines: ["oidcc-client-test-discovery-jwks-uri-keys"],
    expected: `${signedIn}; one request for three sign-ins`,
  }),
  async ({ stage }) => {
    const fetched = () => stage.peer.requests.filter(({ endpoint }) => endpoint === "jwks").length;
    const before = fetched();
    for (let count = 0; count < 3; count += 1) await expectAccepted(stage, new Visitor(stage.url), {});
    expect(fetched() - before).toBe(1);
    saw("one request for three sign-ins");
  },
);

test(
  "a key that is new since the keys were read, even just before signing, is fetched at once; a flood of unknown keys is not",
  conforms({
    lines: [
      "oidcc-client-test-signing-key-rotation",
      "oidcc-client-test-signing-key-rotation-just-before-signing",
    ],
    expected: `${signedIn}; one request for a new key, none for twelve unknown ones; ${refusal("id_token_invalid")}`,
    asvs: ["11.2.2"],
  }),
  async ({ stage, visitor }) => {
    const { peer } = stage;
    const fetched = () => peer.requests.filter(({ endpoint }) => endpoint === "jwks").length;
    const before = fetched();
    await expectAccepted(stage, visitor, { beforeSigning: () => peer.rotateKeys("kept") });
    expect(fetched() - before).toBe(1);
    await expectAccepted(stage, new Visitor(stage.url), { algorithm: "ES256" });
    expect(fetched() - before).toBe(1);
    await expectRefusals(stage, Array(12).fill({ signing: "unknown_key" }), "id_token_invalid");
    expect(fetched() - before).toBe(1);
    saw("one request for a new key, none for twelve unknown ones");
  },
);

test(
  "without a key id each key that fits is tried, and none is believed for that",
  conforms({
    lines: ["oidcc-client-test-kid-absent-multiple-jwks"],
    expected: `${signedIn}; with a spoilt or a stranger's signature ${refusal("id_token_invalid")}`,
  }),
  async ({ stage, visitor }) => {
    const header = { kid: undefined };
    await expectAccepted(stage, visitor, { header });
    for (const signing of ["flipped", "stranger"] as const)
      await expectRefusal(stage, new Visitor(stage.url), { header, signing }, "id_token_invalid");
  },
);

test(
  "after keys are withdrawn their signatures count no more",
  conforms({
    lines: ["oidcc-client-test-signing-key-rotation"],
    expected: `${signedIn} by the new key; by the old one ${refusal("id_token_invalid")}`,
  }),
  async ({ stage, visitor }) => {
    const { peer } = stage;
    let old = "";
    const address = await approvedCallback(visitor, peer, { spoil: (token) => (old = token) });
    await visitCallback(visitor, address);
    await peer.rotateKeys("withdrawn");
    // The last unknown key was a moment ago: a few seconds pass before another is looked for.
    await expect
      .poll(async () => (await signInAtPeer(new Visitor(stage.url), peer)).kind, { timeout: 8_000 })
      .toBe("signed-in");
    saw(`${signedIn} by the new key`);
    await expectRefusal(stage, new Visitor(stage.url), { spoil: () => old }, "id_token_invalid");
  },
);
