import type { OutcomeCode } from "../../lib/shared/outcomes";
import { beginSignIn, visitCallback } from "../attacks/support/oidc";
import { expectAccepted, expectRefusal } from "../attacks/support/refusals";
import { expect, test } from "../attacks/support/test";
import { conforms, refusal, saw, signedIn } from "../conformance/conforms";
import type { Claims, Scenario } from "../peers/provider/scenario";
import type { PeerProvider } from "../peers/provider/start";

const hour = 3_600;
const now = () => Math.floor(Date.now() / 1000);
const otherHash = Buffer.alloc(16, 7).toString("base64url");

interface Case {
  readonly lines?: readonly string[];
  readonly asvs?: readonly string[];
  /** Who finds out first decides the code: the reader of the token answer, or the verifier of the token. */
  readonly code?: OutcomeCode;
  readonly claims: Claims | ((peer: PeerProvider) => Claims);
}

const unread = "provider_answer_invalid";

const refused: Readonly<Record<string, Case>> = {
  "another issuer": {
    ...{ lines: ["oidcc-client-test-invalid-iss"], asvs: ["10.5.3"] },
    claims: { iss: "https://other.example" },
  },
  "the issuer with a slash more": {
    ...{ lines: ["rfc9700:issuer-exact"], asvs: ["10.5.3"] },
    claims: ({ issuer }) => ({ iss: `${issuer}/` }),
  },
  "the issuer in capitals": { claims: ({ issuer }) => ({ iss: issuer.toUpperCase() }) },
  "no issuer": { claims: { iss: undefined }, code: unread },
  "an issuer in a list": { claims: ({ issuer }) => ({ iss: [issuer] }), code: unread },
  "no subject": { lines: ["oidcc-client-test-missing-sub"], claims: { sub: undefined }, code: unread },
  "an empty subject": { asvs: ["10.5.2"], claims: { sub: "" } },
  "a subject that is a number": { asvs: ["10.5.2"], claims: { sub: 12 }, code: unread },
  "a subject that is an object": { claims: { sub: { id: "x" } }, code: unread },
  "a subject of 256 characters": { claims: { sub: "s".repeat(256) } },
  "a subject beyond ASCII": { claims: { sub: "zoë" } },
  "a null byte in its subject": { claims: { sub: "admin\0x" } },
  "a line break in its subject": { claims: { sub: "admin\n" } },
  "another client as its audience": {
    ...{ lines: ["oidcc-client-test-invalid-aud"], asvs: ["10.5.4", "9.2.3"] },
    claims: { aud: "other-client" },
  },
  "no audience": { lines: ["oidcc-client-test-missing-aud"], claims: { aud: undefined }, code: unread },
  "an audience without us": { asvs: ["10.5.4"], claims: { aud: ["other-client", "third-client"] } },
  "an empty list of audiences": { claims: { aud: [] } },
  "an audience that begins with ours": { claims: { aud: "gatehouse-other" } },
  "an audience that is an object": { claims: { aud: { gatehouse: true } }, code: unread },
  "several audiences and no azp": { claims: { aud: ["gatehouse", "other-client"] } },
  "another client as azp": { claims: { azp: "other-client" } },
  "several audiences and another client as azp": {
    claims: { aud: ["gatehouse", "other-client"], azp: "other-client" },
  },
  "no iat": { lines: ["oidcc-client-test-missing-iat"], claims: { iat: undefined }, code: unread },
  "an iat in the future": { claims: () => ({ iat: now() + hour }) },
  "an iat beyond the 60 seconds of tolerance": { claims: () => ({ iat: now() + 90 }) },
  "an iat in words": { claims: { iat: "yesterday" }, code: unread },
  "no exp": { asvs: ["9.2.1"], claims: { exp: undefined }, code: unread },
  "an exp in the past": { asvs: ["9.2.1"], claims: () => ({ exp: now() - hour, iat: now() - 2 * hour }) },
  "an exp beyond the 60 seconds of tolerance": { asvs: ["9.2.1"], claims: () => ({ exp: now() - 75 }) },
  "an exp in digits of text": { claims: () => ({ exp: String(now() + hour) }), code: unread },
  "an nbf in the future": { asvs: ["9.2.1"], claims: () => ({ nbf: now() + hour }) },
  "an nbf in words": { claims: { nbf: "soon" }, code: unread },
  "another nonce": {
    ...{ lines: ["oidcc-client-test-nonce-invalid"], asvs: ["10.5.1"] },
    claims: { nonce: "n".repeat(43) },
  },
  "no nonce": { asvs: ["10.5.1"], claims: { nonce: undefined }, code: unread },
  "an empty nonce": { asvs: ["10.5.1"], claims: { nonce: "" } },
  "a nonce in a list": { claims: { nonce: ["n"] } },
  "the hash of another access token": {
    lines: ["oidcc-client-test-invalid-athash"],
    claims: { at_hash: otherHash },
  },
  "an empty at_hash": { claims: { at_hash: "" } },
  "an at_hash that is a number": { claims: { at_hash: 7 } },
  "an at_hash that is null": { claims: { at_hash: null } },
};

for (const [title, { lines = [], asvs = [], claims, code = "id_token_invalid" }] of Object.entries(refused))
  test(
    `an ID token with ${title} signs nobody in`,
    conforms({ lines, asvs, notes: [3], expected: refusal(code) }),
    async ({ stage, visitor }) => {
      const idToken = typeof claims === "function" ? claims(stage.peer) : claims;
      await expectRefusal(stage, visitor, { idToken }, code);
    },
  );

test(
  "an ID token with the nonce of an earlier sign-in signs nobody in",
  conforms({
    expected: refusal("id_token_invalid"),
    lines: ["rfc9700:nonce-one-transaction"],
    asvs: ["10.5.1"],
  }),
  async ({ stage, visitor }) => {
    const earlier = await beginSignIn(visitor);
    const nonce = new URL(earlier).searchParams.get("nonce");
    await visitCallback(visitor, stage.peer.authorize(earlier));
    await visitor.post("/auth/sign-out", { scope: "here" });
    await expectRefusal(stage, visitor, { idToken: { nonce } }, "id_token_invalid");
  },
);

test(
  "an ID token of an earlier sign-in, whole, signs nobody in",
  conforms({ expected: refusal("id_token_invalid"), asvs: ["10.5.1"] }),
  async ({ stage, visitor }) => {
    let earlier = "";
    const keep = (idToken: string) => (earlier = idToken);
    await expectAccepted(stage, visitor.copy(), { spoil: keep });
    await expectRefusal(stage, visitor, { spoil: () => earlier }, "id_token_invalid");
  },
);

const accepted: Readonly<Record<string, () => Claims>> = {
  "an audience in a list": () => ({ aud: ["gatehouse"] }),
  "several audiences and us as azp": () => ({ aud: ["gatehouse", "other"], azp: "gatehouse" }),
  "one audience and us as azp": () => ({ azp: "gatehouse" }),
  "a clock three quarters of a minute ahead": () => ({ iat: now() + 45, nbf: now() + 45 }),
  "a clock three quarters of a minute behind": () => ({ iat: now() - 345, exp: now() - 45 }),
  "times in fractions of seconds": () => ({ iat: now() - 0.5, exp: now() + 300.25 }),
  "a lifetime of five seconds": () => ({ exp: now() + 5 }),
  "a lifetime of a thousand years": () => ({ exp: now() + 1_000 * 365 * 24 * hour }),
  "no at_hash": () => ({ at_hash: undefined }),
  "a subject of 255 odd characters": () => ({ sub: `auth0|${"~ '\"<>&;".repeat(32)}`.slice(0, 255) }),
  "auth_time 0": () => ({ auth_time: 0 }),
  "claims that nobody knows": () => ({ "https://peer.example/tenant": { id: 7 }, _claim_names: {} }),
};

for (const [title, claims] of Object.entries(accepted))
  test(
    `an ID token with ${title} signs in`,
    conforms({ expected: signedIn, notes: [47] }),
    async ({ stage, visitor }) => {
      const idToken = claims();
      const { sub } = idToken;
      const scenario: Scenario = { idToken, ...(typeof sub === "string" && { subject: sub }) };
      await expectAccepted(stage, visitor, scenario);
    },
  );

test(
  "the same subject signs in again as the same person",
  conforms({ expected: "one user, one account, two sessions", asvs: ["6.8.1", "10.5.2"] }),
  async ({ stage, visitor }) => {
    const before = await stage.rows.counts();
    const scenario = { subject: `again|${String(before.users)}` };
    await expectAccepted(stage, visitor, scenario);
    await expectAccepted(stage, visitor.copy(), scenario);
    const after = await stage.rows.counts();
    expect([after.users - before.users, after.accounts - before.accounts]).toEqual([1, 1]);
    expect(after.sessions - before.sessions).toBe(2);
    saw("one user, one account, two sessions");
  },
);
