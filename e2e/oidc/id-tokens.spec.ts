import type { Scenario } from "../peers/provider/scenario";
import { signInAtPeer } from "../attacks/support/oidc";
import { expectLogged } from "../attacks/support/refusals";
import { expect, proves, test } from "../attacks/support/test";

/** Both say that the answer could not be trusted; which one depends on who found out first. */
const untrusted = /^(id_token|provider_answer)_invalid$/;
const hour = 3_600;
const now = () => Math.floor(Date.now() / 1000);
const otherHash = Buffer.alloc(16, 7).toString("base64url");

interface Forgery {
  readonly title: string;
  readonly scenario: () => Scenario;
  readonly proves: readonly string[];
}

const signatures: readonly Forgery[] = [
  ["no signature and alg none", { signing: "none" }, "oidcc-client-test-idtoken-sig-none", "9.1.2"],
  ["its signature stripped", { signing: "stripped" }, "9.1.1"],
  ["a spoilt RS256 signature", { signing: "flipped" }, "oidcc-client-test-invalid-sig-rs256", "6.8.2"],
  [
    "a spoilt ES256 signature",
    { signing: "flipped", algorithm: "ES256" },
    "oidcc-client-test-invalid-sig-es256",
  ],
  ["claims changed after it was signed", { signing: "claims_changed" }, "9.1.1"],
  ["a stranger's signature under the provider's key id", { signing: "stranger" }, "9.1.1"],
  ["a stranger's key id", { signing: "unknown_key" }, "9.1.3"],
  ["the address of a stranger's key in jku", { signing: "jku" }, "9.1.3"],
  ["the address of a stranger's certificate in x5u", { signing: "x5u" }, "9.1.3"],
  ["a stranger's key in its header", { signing: "embedded_jwk" }, "9.1.3"],
  ["an HMAC made with the public key", { signing: "hmac_with_public_key" }, "9.1.2"],
  ["an HMAC made with the client's secret", { signing: "hmac_with_client_secret" }, "9.1.2"],
].map(([title, scenario, ...proved]) => ({
  title: title as string,
  scenario: () => scenario as Scenario,
  proves: proved as string[],
}));

const claims: readonly Forgery[] = [
  {
    title: "another issuer",
    scenario: () => ({ idToken: { iss: "https://other.example" } }),
    proves: ["oidcc-client-test-invalid-iss", "10.5.3"],
  },
  {
    title: "the issuer with a slash more",
    scenario: () => ({ idToken: { iss: "http://localhost/" } }),
    proves: ["10.5.3"],
  },
  {
    title: "no subject",
    scenario: () => ({ idToken: { sub: undefined } }),
    proves: ["oidcc-client-test-missing-sub"],
  },
  { title: "an empty subject", scenario: () => ({ idToken: { sub: "" } }), proves: ["10.5.2"] },
  { title: "a subject that is a number", scenario: () => ({ idToken: { sub: 12 } }), proves: ["10.5.2"] },
  {
    title: "a subject of 256 characters",
    scenario: () => ({ idToken: { sub: "s".repeat(256) } }),
    proves: ["note 3"],
  },
  { title: "a subject beyond ASCII", scenario: () => ({ idToken: { sub: "zoë" } }), proves: ["note 3"] },
  {
    title: "another client as its audience",
    scenario: () => ({ idToken: { aud: "other-client" } }),
    proves: ["oidcc-client-test-invalid-aud", "10.5.4", "9.2.3"],
  },
  {
    title: "no audience",
    scenario: () => ({ idToken: { aud: undefined } }),
    proves: ["oidcc-client-test-missing-aud"],
  },
  {
    title: "an audience without us",
    scenario: () => ({ idToken: { aud: ["other-client", "third-client"] } }),
    proves: ["10.5.4"],
  },
  {
    title: "several audiences and no azp",
    scenario: () => ({ idToken: { aud: ["gatehouse", "other-client"] } }),
    proves: ["note 3"],
  },
  {
    title: "another client as azp",
    scenario: () => ({ idToken: { azp: "other-client" } }),
    proves: ["note 3"],
  },
  {
    title: "no iat",
    scenario: () => ({ idToken: { iat: undefined } }),
    proves: ["oidcc-client-test-missing-iat"],
  },
  { title: "an iat in the future", scenario: () => ({ idToken: { iat: now() + hour } }), proves: ["note 3"] },
  {
    title: "no exp",
    scenario: () => ({ idToken: { exp: undefined } }),
    proves: ["9.2.1"],
  },
  {
    title: "an exp in the past",
    scenario: () => ({ idToken: { exp: now() - hour, iat: now() - 2 * hour } }),
    proves: ["9.2.1"],
  },
  { title: "an nbf in the future", scenario: () => ({ idToken: { nbf: now() + hour } }), proves: ["9.2.1"] },
  {
    title: "another nonce",
    scenario: () => ({ idToken: { nonce: "n".repeat(43) } }),
    proves: ["oidcc-client-test-nonce-invalid", "10.5.1"],
  },
  { title: "no nonce", scenario: () => ({ idToken: { nonce: undefined } }), proves: ["10.5.1"] },
  {
    title: "the hash of another access token",
    scenario: () => ({ idToken: { at_hash: otherHash } }),
    proves: ["oidcc-client-test-invalid-athash"],
  },
  { title: "an at_hash that is a number", scenario: () => ({ idToken: { at_hash: 7 } }), proves: ["note 3"] },
];

for (const { title, scenario, proves: proved } of [...signatures, ...claims])
  test(`an ID token with ${title} signs nobody in`, proves(...proved), async ({ stage, visitor }) => {
    const before = await stage.rows.counts();
    const end = await signInAtPeer(visitor, stage.peer, scenario());
    expect(end).toMatchObject({
      kind: "refused",
      code: expect.stringMatching(untrusted),
      status: 400,
    });
    expect(await stage.rows.counts()).toEqual(before);
    expect(visitor.sessionCookie).toBeUndefined();
    expect(stage.peer.requests.filter(({ endpoint }) => endpoint === "evil")).toEqual([]);
    await expectLogged(stage, end);
  });

const accepted: readonly (readonly [string, () => Scenario, ...string[]])[] = [
  ["an RS256 signature", () => ({}), "oidcc-client-test-idtoken-sig-rs256", "oidcc-client-test"],
  ["an ES256 signature", () => ({ algorithm: "ES256" })],
  ["an audience in a list", () => ({ idToken: { aud: ["gatehouse"] } })],
  ["several audiences and us as azp", () => ({ idToken: { aud: ["gatehouse", "other"], azp: "gatehouse" } })],
  ["a clock three quarters of a minute ahead", () => ({ idToken: { iat: now() + 45, nbf: now() + 45 } })],
  ["a clock three quarters of a minute behind", () => ({ idToken: { iat: now() - 345, exp: now() - 45 } })],
  ["no at_hash", () => ({ idToken: { at_hash: undefined } })],
  [
    "a subject of 255 odd characters",
    () => ({ idToken: { sub: `auth0|${"~ '\"<>&;".repeat(31)}`.slice(0, 255) } }),
  ],
  [
    "no key id while one key fits",
    () => ({ header: { kid: undefined } }),
    "oidcc-client-test-kid-absent-single-jwks",
  ],
  ["auth_time 0", () => ({ idToken: { auth_time: 0 } })],
];

for (const [title, scenario, ...proved] of accepted)
  test(`an ID token with ${title} signs in`, proves(...proved), async ({ stage, visitor }) => {
    const { idToken, ...rest } = scenario();
    const subject = idToken?.["sub"];
    const end = await signInAtPeer(visitor, stage.peer, {
      ...rest,
      ...(idToken && { idToken }),
      ...(typeof subject === "string" && { subject }),
    });
    expect(end).toEqual({ kind: "signed-in", location: "/profile" });
    expect((await visitor.get("/profile")).text).toContain("Peer Person");
  });
