import type { OutcomeCode } from "../../lib/shared/outcomes";
import { expectAccepted, expectRefusal, expectRefusals } from "../attacks/support/refusals";
import { signInAtPeer } from "../attacks/support/oidc";
import { expect, test } from "../attacks/support/test";
import { conforms, refusal, saw, signedIn } from "../conformance/conforms";
import type { Answer } from "../peers/answer";
import type { Claims } from "../peers/provider/scenario";
import { brokenAnswers, lateAnswers, outcomeOf } from "./support/broken-answers";

const sameSite = { status: 307, headers: { location: "/moved/token" }, body: "" };

const answers: readonly (readonly [string, Answer, OutcomeCode])[] = [
  ...Object.entries(brokenAnswers).map(
    ([title, [answer, fault]]) => [title, answer, outcomeOf(fault)] as const,
  ),
  ["a redirect within its site", sameSite, "provider_answer_invalid"],
];

for (const [title, answer, code] of answers)
  test(
    `a token endpoint that answers ${title} signs nobody in`,
    conforms({ expected: refusal(code), notes: [5] }),
    async ({ stage, visitor }) => {
      await expectRefusal(stage, visitor, { answers: { token: answer } }, code);
    },
  );

test(
  "a token endpoint that never comes to an end is given up after 5 seconds",
  conforms({ expected: refusal("provider_timeout"), notes: [5] }),
  async ({ stage }) => {
    const scenarios = lateAnswers.map((token) => ({ answers: { token } }));
    await expectRefusals(stage, scenarios, "provider_timeout");
  },
);

/** RFC 6749 section 5.2, RFC 8707 section 2, RFC 9449 section 5, and what some make up. */
const errors: readonly (readonly [string, number?])[] = [
  ["invalid_request"],
  ["invalid_client", 401],
  ["invalid_grant"],
  ["unauthorized_client"],
  ["unsupported_grant_type"],
  ["invalid_scope"],
  ["invalid_target"],
  ["use_dpop_nonce"],
  ["slow_down", 429],
  ["<script>alert(1)</script>\n{}"],
];

for (const [error, status = 400] of errors)
  test(
    `the error ${JSON.stringify(error)} of a token endpoint signs nobody in`,
    conforms({ expected: refusal("provider_refused"), notes: [6] }),
    async ({ stage, visitor }) => {
      const body = { error, error_description: "<b>secret-of-the-provider</b>" };
      await expectRefusal(stage, visitor, { answers: { token: { status, body } } }, "provider_refused");
    },
  );

const unread = "provider_answer_invalid";

const refused: Readonly<Record<string, Claims>> = {
  "no access token": { access_token: undefined },
  "an access token that is a number": { access_token: 7 },
  "an empty access token": { access_token: "" },
  "a line break in its access token": { access_token: "a\r\nx-evil: 1" },
  "an access token beyond ASCII": { access_token: "žetón" },
  "an access token of 100 kB": { access_token: "a".repeat(100_000) },
  "no ID token": { id_token: undefined },
  "an ID token that is no token": { id_token: "hello" },
  "an ID token that is a list": { id_token: [] },
  "an ID token that is null": { id_token: null },
  "no token type": { token_type: undefined },
  "another token type": { token_type: "mac" },
  "a token type of proofs": { token_type: "DPoP" },
  "an expires_in in words": { expires_in: "soon" },
};

for (const [title, token] of Object.entries(refused))
  test(
    `a token answer with ${title} signs nobody in`,
    conforms({ expected: refusal(unread) }),
    async ({ stage, visitor }) => {
      await expectRefusal(stage, visitor, { token }, unread);
    },
  );

const legal: Readonly<Record<string, Claims>> = {
  "token type bearer": { token_type: "bearer" },
  "token type BEARER": { token_type: "BEARER" },
  "no expires_in": { expires_in: undefined },
  "expires_in 0": { expires_in: 0 },
  "expires_in beyond all reason": { expires_in: 2 ** 53 },
  "expires_in in digits of text": { expires_in: "300" },
  "no refresh token": { refresh_token: undefined },
  "no scope": { scope: undefined },
  "fewer scopes than asked for": { scope: "openid" },
  "members that nobody knows": { session_state: "x", not_before_policy: 0, foci: "1" },
};

for (const [title, token] of Object.entries(legal))
  test(
    `a token answer with ${title} signs in`,
    conforms({ expected: signedIn, notes: [47] }),
    async ({ stage, visitor }) => {
      await expectAccepted(stage, visitor, { token });
      expect((await visitor.get("/api/messages/protected")).status).toBe(200);
    },
  );

test(
  "the client's secret goes to the token endpoint in a header, encoded by RFC 6749",
  conforms({
    lines: ["oidcc-client-test-client-secret-basic"],
    expected: "client_secret_basic; code, redirect_uri and code_verifier in the body, and nothing else",
  }),
  async ({ stage, visitor }) => {
    await signInAtPeer(visitor, stage.peer);
    const request = stage.peer.requests.findLast(({ endpoint }) => endpoint === "token");
    expect(request?.method).toBe("POST");
    expect(request?.headers["authorization"]).toMatch(/^Basic /);
    expect(Object.fromEntries(request?.parameters ?? [])).toEqual({
      grant_type: "authorization_code",
      code: expect.stringMatching(/^code-/) as unknown,
      redirect_uri: stage.peer.client.redirectUri,
      code_verifier: expect.stringMatching(/^[\w.~-]{43,128}$/) as unknown,
    });
    saw("client_secret_basic; code, redirect_uri and code_verifier in the body, and nothing else");
  },
);
