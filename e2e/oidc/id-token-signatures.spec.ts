import { base64url } from "jose";
import { expectAccepted, expectRefusal } from "../attacks/support/refusals";
import { test } from "../attacks/support/test";
import { conforms, refusal, signedIn } from "../conformance/conforms";
import type { Scenario } from "../peers/provider/scenario";
import type { OutcomeCode } from "../../lib/shared/outcomes";

interface Forgery {
  readonly lines?: readonly string[];
  readonly asvs?: readonly string[];
  readonly scenario: Scenario;
  /** Who finds out first decides the code: the reader of the token answer, or the verifier of the signature. */
  readonly code?: OutcomeCode;
}

const unread = "provider_answer_invalid";

const forgeries: Readonly<Record<string, Forgery>> = {
  "no signature and alg none": {
    ...{ lines: ["oidcc-client-test-idtoken-sig-none"], asvs: ["9.1.2"], code: unread },
    scenario: { signing: "none" },
  },
  "no signature and alg NoNe": {
    asvs: ["9.1.2"],
    code: unread,
    scenario: { spoil: withHeader({ alg: "NoNe" }, "") },
  },
  "its signature stripped": { asvs: ["9.1.1"], scenario: { signing: "stripped" } },
  "a spoilt RS256 signature": {
    ...{ lines: ["oidcc-client-test-invalid-sig-rs256"], asvs: ["6.8.2"] },
    scenario: { signing: "flipped" },
  },
  "a spoilt ES256 signature": {
    lines: ["oidcc-client-test-invalid-sig-es256"],
    scenario: { signing: "flipped", algorithm: "ES256" },
  },
  "an ES256 signature of zeros": {
    scenario: { algorithm: "ES256", spoil: withSignature(new Uint8Array(64)) },
  },
  "claims changed after it was signed": { asvs: ["9.1.1"], scenario: { signing: "claims_changed" } },
  "a stranger's signature under the provider's key id": {
    asvs: ["9.1.1"],
    scenario: { signing: "stranger" },
  },
  "a stranger's key id": { asvs: ["9.1.3"], scenario: { signing: "unknown_key" } },
  "the address of a stranger's key in jku": { asvs: ["9.1.3"], scenario: { signing: "jku" } },
  "the address of a stranger's certificate in x5u": { asvs: ["9.1.3"], scenario: { signing: "x5u" } },
  "a stranger's key in its header": { asvs: ["9.1.3"], scenario: { signing: "embedded_jwk" } },
  "an HMAC made with the public key": {
    ...{ asvs: ["9.1.2"], code: unread },
    scenario: { signing: "hmac_with_public_key" },
  },
  "an HMAC made with the client's secret that was not agreed on": {
    ...{ asvs: ["9.1.2"], code: unread },
    scenario: { signing: "hmac_with_client_secret" },
  },
  "an algorithm that the provider does not advertise": {
    ...{ asvs: ["9.1.2"], code: unread },
    scenario: { algorithm: "PS256" },
  },
  "an extension that nobody knows marked as critical": {
    ...{ code: unread },
    scenario: { header: { crit: ["urn:peer:vital"], "urn:peer:vital": true } },
  },
  "a key id of another kind of key": { scenario: { spoil: withHeader({ alg: "ES256" }) } },
  "a signature in a sixth part": { code: unread, scenario: { spoil: (token) => `${token}.AAAA` } },
  "white space around it": { scenario: { spoil: (token) => ` ${token}\n` } },
  "five parts, as if it were encrypted": { code: unread, scenario: { spoil: () => "e30.e30.e30.e30.e30" } },
};

for (const [title, { lines = [], asvs = [], scenario, code = "id_token_invalid" }] of Object.entries(
  forgeries,
))
  test(
    `an ID token with ${title} signs nobody in`,
    conforms({ lines, asvs, notes: [2], expected: refusal(code) }),
    async ({ stage, visitor }) => {
      await expectRefusal(stage, visitor, scenario, code);
    },
  );

const legal: Readonly<Record<string, { lines?: readonly string[]; scenario: Scenario }>> = {
  "an RS256 signature": { lines: ["oidcc-client-test", "oidcc-client-test-idtoken-sig-rs256"], scenario: {} },
  "an ES256 signature": { scenario: { algorithm: "ES256" } },
  "no key id while one key fits": {
    lines: ["oidcc-client-test-kid-absent-single-jwks"],
    scenario: { header: { kid: undefined } },
  },
  "a header of its type": { scenario: { header: { typ: "JWT" } } },
};

for (const [title, { lines = [], scenario }] of Object.entries(legal))
  test(
    `an ID token with ${title} signs in`,
    conforms({ lines, expected: signedIn }),
    async ({ stage, visitor }) => {
      await expectAccepted(stage, visitor, scenario);
    },
  );

/** The token with members of its header changed, and another signature when one is given. */
function withHeader(
  changes: Readonly<Record<string, unknown>>,
  signature?: string,
): (token: string) => string {
  return (token) => {
    const [header = "", payload = "", old = ""] = token.split(".");
    const members = JSON.parse(new TextDecoder().decode(base64url.decode(header))) as object;
    return `${base64url.encode(JSON.stringify({ ...members, ...changes }))}.${payload}.${signature ?? old}`;
  };
}

function withSignature(signature: Uint8Array): (token: string) => string {
  return (token) => `${token.slice(0, token.lastIndexOf("."))}.${base64url.encode(signature)}`;
}
