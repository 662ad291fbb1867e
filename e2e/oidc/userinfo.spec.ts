import type { OutcomeCode } from "../../lib/shared/outcomes";
import { signInAtPeer } from "../attacks/support/oidc";
import { expectAccepted, expectRefusal, expectRefusals } from "../attacks/support/refusals";
import { expect, test } from "../attacks/support/test";
import { conforms, refusal, saw, signedIn } from "../conformance/conforms";
import type { Scenario } from "../peers/provider/scenario";
import { brokenAnswers, lateAnswers, outcomeOf } from "./support/broken-answers";

const invalid = "userinfo_invalid";
const past = Math.floor(Date.now() / 1000) - 600;

interface Case {
  readonly lines?: readonly string[];
  readonly scenario: Scenario;
  readonly code?: OutcomeCode;
}

const refused: Readonly<Record<string, Case>> = {
  "another subject": {
    lines: ["oidcc-client-test-userinfo-invalid-sub"],
    scenario: { userinfo: { sub: "somebody-else" } },
  },
  "the subject in capitals": { scenario: { subject: "person|a", userinfo: { sub: "PERSON|A" } } },
  "no subject": { scenario: { userinfo: { sub: undefined } } },
  "a subject that is a number": { scenario: { userinfo: { sub: 7 } } },
  "a subject in a list": { scenario: { subject: "person|b", userinfo: { sub: ["person|b"] } } },
  "401": { scenario: { answers: { userinfo: { status: 401, body: {} } } } },
  "403": { scenario: { answers: { userinfo: { status: 403, body: {} } } } },
  "a signed answer for another subject": { scenario: { signedUserinfo: "right", userinfo: { sub: "x" } } },
  "a signed answer with a spoilt signature": { scenario: { signedUserinfo: "flipped" } },
  "a signed answer with its signature stripped": { scenario: { signedUserinfo: "stripped" } },
  "a signed answer with claims changed": { scenario: { signedUserinfo: "claims_changed" } },
  "a signed answer with alg none": { scenario: { signedUserinfo: "none" } },
  "a signed answer by a stranger": { scenario: { signedUserinfo: "stranger" } },
  "a signed answer with a stranger's key in its header": { scenario: { signedUserinfo: "embedded_jwk" } },
  "a signed answer with an HMAC of the public key": { scenario: { signedUserinfo: "hmac_with_public_key" } },
  "a signed answer with an HMAC of the client's secret": {
    scenario: { signedUserinfo: "hmac_with_client_secret" },
  },
  "a signed answer for another client": {
    scenario: { signedUserinfo: "right", userinfo: { aud: "other" } },
  },
  "a signed answer of another issuer": {
    scenario: { signedUserinfo: "right", userinfo: { iss: "https://x.example" } },
  },
  "a signed answer that has expired": { scenario: { signedUserinfo: "right", userinfo: { exp: past } } },
  "a JWT that is none": {
    scenario: {
      answers: { userinfo: { headers: { "content-type": "application/jwt" }, body: "hello" } },
    },
  },
  ...Object.fromEntries(
    Object.entries(brokenAnswers).map(([title, [answer, fault]]) => [
      title,
      { scenario: { answers: { userinfo: answer } }, code: outcomeOf(fault, invalid) },
    ]),
  ),
};

for (const [title, { lines = [], scenario, code = invalid }] of Object.entries(refused))
  test(
    `UserInfo that answers ${title} signs nobody in`,
    conforms({ lines, expected: refusal(code), notes: [4] }),
    async ({ stage, visitor }) => {
      await expectRefusal(stage, visitor, scenario, code);
    },
  );

test(
  "UserInfo that never comes to an end is given up after 5 seconds",
  conforms({ expected: refusal("provider_timeout"), notes: [5] }),
  async ({ stage }) => {
    const scenarios = lateAnswers.map((userinfo) => ({ answers: { userinfo } }));
    await expectRefusals(stage, scenarios, "provider_timeout");
  },
);

test(
  "64 MB of UserInfo are not read",
  conforms({ expected: "less than 16 MB taken", notes: [5] }),
  async ({ stage, visitor }) => {
    await signInAtPeer(visitor, stage.peer, { answers: { userinfo: "huge" } });
    const request = stage.peer.requests.findLast(({ endpoint }) => endpoint === "userinfo");
    await expect.poll(() => request?.sentBytes).toBeGreaterThan(0);
    expect(request?.sentBytes).toBeLessThan(16 * 1024 * 1024);
    saw("less than 16 MB taken");
  },
);

const legal: Readonly<Record<string, Case>> = {
  "signed claims": {
    lines: ["oidcc-client-test-userinfo-signed"],
    scenario: { signedUserinfo: "right", userinfo: { name: "Peer Person" } },
  },
  "signed claims without iss and aud": {
    scenario: { signedUserinfo: "right", userinfo: { iss: undefined, aud: undefined } },
  },
  "signed claims for several clients": {
    scenario: { signedUserinfo: "right", userinfo: { aud: ["other", "gatehouse"] } },
  },
  "a byte order mark before its JSON": {
    scenario: {
      subject: "marked",
      answers: { userinfo: { body: '\ufeff{"sub":"marked","name":"Peer Person"}' } },
    },
  },
  "JSON by another name": {
    scenario: {
      subject: "named",
      answers: {
        userinfo: { headers: { "content-type": "text/plain" }, body: { sub: "named", name: "Peer Person" } },
      },
    },
  },
  "its subject and nothing else": {
    scenario: { idToken: { name: "Peer Person" }, userinfo: { name: undefined } },
  },
};

for (const [title, { lines = [], scenario }] of Object.entries(legal))
  test(
    `UserInfo that answers ${title} signs in`,
    conforms({ lines, expected: signedIn }),
    async ({ stage, visitor }) => {
      await expectAccepted(stage, visitor, scenario);
    },
  );

test(
  "claims of UserInfo reach the profile and the access token goes there in a header",
  conforms({
    lines: ["oidcc-client-test-scope-userinfo-claims", "rfc9700:token-in-header"],
    expected: `${signedIn}; the token in a header and nowhere else`,
    asvs: ["14.2.1"],
  }),
  async ({ stage, visitor }) => {
    const userinfo = { name: "Katherine of Userinfo", locale: "en" };
    await expectAccepted(stage, visitor, { userinfo }, "Katherine of Userinfo");
    const request = stage.peer.requests.findLast(({ endpoint }) => endpoint === "userinfo");
    expect(request?.headers["authorization"]).toMatch(/^Bearer access-/);
    expect(request?.parameters.size).toBe(0);
    const { parameters } = stage.peer.requests.findLast(({ endpoint }) => endpoint === "token")!;
    expect([...parameters.values()].join()).not.toContain("access-");
    saw("the token in a header and nowhere else");
  },
);

test(
  "UserInfo cannot speak over the ID token",
  conforms({ expected: `${signedIn} by the ID token` }),
  async ({ stage, visitor }) => {
    const scenario = { idToken: { name: "Of the ID token" }, userinfo: { name: "Of UserInfo" } };
    await signInAtPeer(visitor, stage.peer, scenario);
    const { text } = await visitor.get("/profile");
    expect(text).toContain("Of the ID token");
    expect(text).not.toContain("Of UserInfo");
    saw(`${signedIn} by the ID token`);
  },
);
