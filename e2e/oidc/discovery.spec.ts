import type { OutcomeCode } from "../../lib/shared/outcomes";
import { endOf, pressProviderButton } from "../attacks/support/oidc";
import { expectAccepted, expectRefused } from "../attacks/support/refusals";
import type { Stage } from "../attacks/support/stage";
import { Visitor } from "../attacks/support/visitor";
import { conforms, refusal, saw, signedIn } from "../conformance/conforms";
import { expect } from "../fixtures";
import { brokenAnswers, outcomeOf } from "./support/broken-answers";
import { onOwnStage } from "./support/own-stage";

const test = onOwnStage();
test.describe.configure({ mode: "default" });

async function expectNoStart(stage: Stage, visitor: Visitor, code: OutcomeCode): Promise<void> {
  await expectRefused(stage, visitor, async () => endOf(visitor, await pressProviderButton(visitor)), code);
  expect(visitor.cookies.size, "cookies of a sign-in").toBe(0);
}

const circle = { status: 302, headers: { location: "/.well-known/openid-configuration" }, body: "" };

for (const [title, [answer, fault]] of [
  ...Object.entries(brokenAnswers),
  ["a redirect to itself", [circle, "unacceptable"]] as const,
]) {
  const code = outcomeOf(fault);
  test(
    `discovery that answers ${title} starts nothing`,
    conforms({ expected: refusal(code), notes: [5] }),
    async ({ stage, visitor }) => {
      stage.peer.behaviour.discovery = answer;
      await expectNoStart(stage, visitor, code);
    },
  );
}

interface BadMetadata {
  readonly lines?: readonly string[];
  readonly change:
    Readonly<Record<string, unknown>> | ((issuer: string) => Readonly<Record<string, unknown>>);
}

const metadata: Readonly<Record<string, BadMetadata>> = {
  "another issuer": {
    lines: ["oidcc-client-test-discovery-issuer-mismatch"],
    change: { issuer: "https://other.example" },
  },
  "the issuer with a slash more": {
    lines: ["oidcc-client-test-discovery-issuer-mismatch", "rfc9700:issuer-exact"],
    change: (issuer) => ({ issuer: `${issuer}/` }),
  },
  "the issuer at another name of the same machine": {
    change: (issuer) => ({ issuer: issuer.replace("localhost", "127.0.0.1") }),
  },
  "no issuer": { change: { issuer: undefined } },
  "no authorization endpoint": { change: { authorization_endpoint: undefined } },
  "no token endpoint": { change: { token_endpoint: undefined } },
  "no jwks_uri": { change: { jwks_uri: undefined } },
  "a token endpoint on plain http": { change: { token_endpoint: "http://other.example/token" } },
  "an authorization endpoint on plain http": { change: { authorization_endpoint: "http://other.example/a" } },
  "a UserInfo endpoint on plain http": { change: { userinfo_endpoint: "http://other.example/userinfo" } },
  "a jwks_uri on plain http": { change: { jwks_uri: "http://other.example/jwks" } },
  "an authorization endpoint by javascript:": { change: { authorization_endpoint: "javascript:alert(1)" } },
  "an authorization endpoint without a host": { change: { authorization_endpoint: "/authorize" } },
  "a jwks_uri by file:": { change: { jwks_uri: "file:///etc/passwd" } },
  "a jwks_uri by data:": { change: { jwks_uri: 'data:application/json,{"keys":[]}' } },
  "an end_session_endpoint by javascript:": { change: { end_session_endpoint: "javascript:alert(1)" } },
  "a UserInfo endpoint that is a number": { change: { userinfo_endpoint: 7 } },
  "algorithms that are no list": { change: { id_token_signing_alg_values_supported: "RS256" } },
};

for (const [title, { lines = [], change }] of Object.entries(metadata))
  test(
    `discovery that names ${title} starts nothing`,
    conforms({ lines, expected: refusal("provider_answer_invalid"), notes: [7] }),
    async ({ stage, visitor }) => {
      stage.peer.behaviour.metadata = typeof change === "function" ? change(stage.peer.issuer) : change;
      await expectNoStart(stage, visitor, "provider_answer_invalid");
    },
  );

test(
  "discovery that never comes to an end is given up after 5 seconds, by all who wait at once",
  conforms({ expected: `${refusal("provider_timeout")}; one request for two people`, notes: [5] }),
  async ({ stage }) => {
    for (const answer of ["hang", "drip"] as const) {
      stage.peer.behaviour.discovery = answer;
      const asked = stage.peer.requests.length;
      await Promise.all([1, 2].map(() => expectNoStart(stage, new Visitor(stage.url), "provider_timeout")));
      expect(stage.peer.requests.length - asked).toBe(1);
    }
    saw("one request for two people");
  },
);

test(
  "a redirect of discovery within its site is followed, and once it is read an outage of it is not felt",
  conforms({
    lines: ["oidcc-client-test-discovery-openid-config"],
    expected: `${signedIn}; no request while it is fresh`,
    notes: [47],
  }),
  async ({ stage, visitor }) => {
    const { peer } = stage;
    peer.behaviour.discovery = {
      status: 301,
      headers: { location: "/moved/openid-configuration" },
      body: "",
    };
    await expectAccepted(stage, visitor, {});
    const asked = () => peer.requests.filter(({ endpoint }) => endpoint === "discovery").length;
    const before = asked();
    peer.behaviour.discovery = "close";
    await expectAccepted(stage, new Visitor(stage.url), {});
    expect(asked()).toBe(before);
    saw("no request while it is fresh");
  },
);
