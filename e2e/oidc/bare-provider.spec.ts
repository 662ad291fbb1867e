import { signOut } from "../attacks/support/forms";
import { beginSignIn, endOf, signInAtPeer } from "../attacks/support/oidc";
import { expectAccepted, expectRefusal } from "../attacks/support/refusals";
import { conforms, refusal, saw, signedIn } from "../conformance/conforms";
import { expect } from "../fixtures";
import { onOwnStage } from "./support/own-stage";

/** A provider that offers only what it must, and signs with the client's secret as the configuration says. */
const test = onOwnStage({
  env: { OIDC_ID_TOKEN_ALG: "HS256" },
  prepare: ({ peer }) => {
    peer.behaviour.metadata = {
      authorization_endpoint: `${peer.issuer}/authorize?tenant=7&scope=admin`,
      userinfo_endpoint: undefined,
      end_session_endpoint: undefined,
      revocation_endpoint: undefined,
      id_token_signing_alg_values_supported: undefined,
      token_endpoint_auth_methods_supported: undefined,
      authorization_response_iss_parameter_supported: undefined,
      code_challenge_methods_supported: undefined,
      "https://peer.example/unknown": { member: [1, 2, 3] },
    };
  },
});
test.describe.configure({ mode: "default" });

const scenario = {
  signing: "hmac_with_client_secret",
  idToken: { name: "Of the ID token" },
  response: { iss: undefined },
} as const;

test(
  "a provider without optional endpoints signs in and out, and says what a sign-out cannot do",
  conforms({ notes: [4, 34], expected: `${signedIn}; 200 \`provider_session_remains\` at the sign-out` }),
  async ({ stage, visitor }) => {
    await expectAccepted(stage, visitor, scenario, "Of the ID token");
    const end = await endOf(visitor, await signOut(visitor, "everywhere"));
    expect(end).toMatchObject({ kind: "refused", code: "provider_session_remains", status: 200 });
    expect(visitor.sessionCookie).toBeUndefined();
    saw("200 `provider_session_remains` at the sign-out");
  },
);

for (const [title, signing, code] of [
  ["RS256", "right", "provider_answer_invalid"],
  ["none", "none", "provider_answer_invalid"],
  ["HS256 and the public key", "hmac_with_public_key", "id_token_invalid"],
] as const)
  test(
    `where the configuration pins HS256, an ID token signed with ${title} signs nobody in`,
    conforms({ expected: refusal(code), asvs: ["9.1.2"], notes: [2] }),
    async ({ stage, visitor }) => {
      await expectRefusal(stage, visitor, { ...scenario, signing }, code);
    },
  );

test(
  "where the configuration pins HS256, the client's secret signs in, and it stays the only key",
  conforms({ expected: "signed in; no request for keys" }),
  async ({ stage, visitor }) => {
    expect(await signInAtPeer(visitor, stage.peer, scenario)).toMatchObject({ kind: "signed-in" });
    expect(stage.peer.requests.filter(({ endpoint }) => endpoint === "jwks")).toEqual([]);
    saw("signed in; no request for keys");
  },
);

test(
  "an authorization endpoint with a query of its own keeps it, and says nothing twice (RFC 6749 section 3.1)",
  conforms({ expected: "tenant kept; scope as configured; no parameter twice" }),
  async ({ visitor }) => {
    const sent = new URL(await beginSignIn(visitor)).searchParams;
    expect(sent.get("tenant")).toBe("7");
    expect(sent.get("scope")).toContain("openid");
    expect(new Set(sent.keys()).size).toBe(sent.size);
    saw("tenant kept; scope as configured; no parameter twice");
  },
);
