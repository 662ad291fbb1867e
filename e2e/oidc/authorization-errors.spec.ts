import type { OutcomeCode } from "../../lib/shared/outcomes";
import { approvedCallback, beginSignIn, endOf, signInAtPeer } from "../attacks/support/oidc";
import { expectRefused, expectRefusal } from "../attacks/support/refusals";
import type { Stage } from "../attacks/support/stage";
import { expect, test } from "../attacks/support/test";
import { conforms, refusal, saw } from "../conformance/conforms";
import type { Scenario } from "../peers/provider/scenario";

/** Codes that the application has exchanged, or tried to. */
const exchanged = ({ peer }: Stage) =>
  peer.requests.filter(({ endpoint, parameters }) => endpoint === "token" && parameters.has("code")).length;

/** RFC 6749 section 4.1.2.1, OpenID Connect Core 3.1.2.6, RFC 8707, the unmet authentication draft, and inventions. */
const errors: Readonly<Record<string, OutcomeCode>> = {
  invalid_request: "provider_refused",
  unauthorized_client: "provider_refused",
  unsupported_response_type: "provider_refused",
  invalid_scope: "provider_refused",
  server_error: "provider_failed",
  temporarily_unavailable: "provider_failed",
  interaction_required: "provider_must_ask",
  login_required: "provider_must_ask",
  account_selection_required: "provider_must_ask",
  consent_required: "provider_must_ask",
  invalid_request_uri: "provider_refused",
  invalid_request_object: "provider_refused",
  request_not_supported: "provider_refused",
  request_uri_not_supported: "provider_refused",
  registration_not_supported: "provider_refused",
  invalid_target: "provider_refused",
  unmet_authentication_requirements: "provider_cannot_prove",
  made_up_by_this_provider: "provider_refused",
  "": "provider_refused",
  "<img src=x onerror=alert(1)>": "provider_refused",
};

for (const [error, code] of Object.entries(errors))
  test(
    `the error ${JSON.stringify(error)} of a provider ends on a page that helps`,
    conforms({
      expected: `${refusal(code)}; nothing of the provider's words is shown`,
      notes: [6],
    }),
    async ({ stage, visitor }) => {
      const description = "<b>evil</b> secret-of-the-provider";
      const error_uri = "https://evil.example/help";
      const response = { code: undefined, error, error_description: description, error_uri };
      let page = "";
      const attempt = async () => {
        const end = await signInAtPeer(visitor, stage.peer, { response });
        if (end.kind === "refused") ({ page } = end);
        return end;
      };
      await expectRefused(stage, visitor, attempt, code);
      for (const words of ["secret-of-the-provider", "evil.example", "onerror=alert(1)>"])
        expect(page).not.toContain(words);
      saw("nothing of the provider's words is shown");
    },
  );

test(
  "a refused consent leads back to the login, quietly, and nothing is written",
  conforms({ expected: "the login page, with a calm notice", notes: [6] }),
  async ({ stage, visitor }) => {
    const before = await stage.rows.counts();
    const response = { code: undefined, error: "access_denied" };
    const end = await signInAtPeer(visitor, stage.peer, { response });
    expect(end).toMatchObject({
      kind: "elsewhere",
      answer: { status: 303, location: "/login?notice=cancelled" },
    });
    expect(await stage.rows.counts()).toEqual(before);
    expect(visitor.sessionCookie).toBeUndefined();
    saw("the login page, with a calm notice");
  },
);

const own = "ISSUER";

interface Tampering {
  readonly response: Exclude<Scenario["response"], undefined>;
  readonly code: OutcomeCode;
  readonly lines?: readonly string[];
}

const tampered: Readonly<Record<string, Tampering>> = {
  "names another issuer": {
    ...{
      response: { iss: "https://other.example" },
      code: "issuer_mismatch",
      lines: ["rfc9700:iss-parameter"],
    },
  },
  "names an issuer that differs by a slash": {
    ...{ response: { iss: `${own}/` }, code: "issuer_mismatch", lines: ["rfc9700:iss-parameter"] },
  },
  "names an empty issuer": { response: { iss: "" }, code: "issuer_mismatch" },
  "does not say its issuer although the provider promises to": {
    ...{ response: { iss: undefined }, code: "provider_answer_invalid", lines: ["rfc9700:iss-parameter"] },
  },
  "names two issuers, ours first": {
    response: { iss: [own, "https://other.example"] },
    code: "invalid_request",
  },
  "names two issuers, ours last": {
    response: { iss: ["https://other.example", own] },
    code: "invalid_request",
  },
  "holds two codes": { response: { code: ["code-of-an-attacker", "another"] }, code: "invalid_request" },
  "holds two errors": { response: { error: ["server_error", "access_denied"] }, code: "invalid_request" },
  "holds a code and an error": { response: { error: "server_error" }, code: "provider_failed" },
  "holds neither": { response: { code: undefined }, code: "invalid_request" },
  "holds an empty code": { response: { code: "" }, code: "provider_answer_invalid" },
  "holds an ID token in its address": {
    ...{ response: { id_token: "e30.e30." }, code: "provider_answer_invalid" },
    lines: ["rfc9700:no-implicit-no-password"],
  },
  "holds tokens in its address and no code": {
    ...{ response: { code: undefined, access_token: "a", id_token: "e30.e30.", token_type: "Bearer" } },
    ...{ code: "invalid_request", lines: ["rfc9700:no-implicit-no-password"] },
  },
  "is a signed response that was not asked for": {
    response: { response: "e30.e30." },
    code: "provider_answer_invalid",
  },
  "names another issuer with its error": {
    response: { code: undefined, error: "access_denied", iss: "https://other.example" },
    code: "issuer_mismatch",
  },
};

for (const [title, { response, code, lines = [] }] of Object.entries(tampered))
  test(
    `an authorization response that ${title} is refused`,
    conforms({ lines, expected: refusal(code), asvs: ["10.2.2"] }),
    async ({ stage, visitor }) => {
      const before = exchanged(stage);
      const { issuer } = stage.peer;
      const named = Object.fromEntries(
        Object.entries(response).map(([name, value]) => [
          name,
          Array.isArray(value)
            ? value.map((one: string) => one.replace(own, issuer))
            : typeof value === "string"
              ? value.replace(own, issuer)
              : undefined,
        ]),
      );
      await expectRefusal(stage, visitor, { response: named }, code);
      expect(exchanged(stage), "exchanged codes").toBe(before);
    },
  );

test(
  "an answer or an error that the provider has the browser post is refused with a page, and nothing in it is read",
  conforms({
    lines: ["oidcc-client-test-form-post-error"],
    expected: refusal("provider_answer_invalid"),
    asvs: ["3.5.3"],
  }),
  async ({ stage, visitor }) => {
    const before = exchanged(stage);
    const answer = new URL(await approvedCallback(visitor, stage.peer));
    const failed = new URL(await beginSignIn(visitor));
    const crossSite = { origin: stage.peer.issuer, "sec-fetch-site": "cross-site" };
    for (const fields of [
      Object.fromEntries(answer.searchParams),
      { error: "login_required", state: failed.searchParams.get("state") ?? "" },
    ])
      await expectRefused(
        stage,
        visitor,
        async () => endOf(visitor, await visitor.post(answer.pathname, fields, crossSite)),
        "provider_answer_invalid",
      );
    expect(exchanged(stage)).toBe(before);
  },
);
