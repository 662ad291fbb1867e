import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkProvider } from "./check-provider";
import { readProviders } from "@/lib/env-providers";

interface Peer {
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly status?: number;
  readonly keys?: readonly unknown[];
  readonly date?: string;
  /** The token endpoint's word to a code that does not exist. */
  readonly error?: string;
}

let peer: Peer = {};
let issuer = "";
const server = createServer((request, response) => {
  const json = (status: number, body: unknown) => {
    if (peer.date !== undefined) response.setHeader("date", peer.date);
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  };
  if (request.url?.startsWith("/.well-known") === true) json(peer.status ?? 200, metadata());
  else if (request.url === "/jwks") json(200, { keys: peer.keys ?? [{ kty: "RSA", use: "sig" }] });
  else json(400, { error: peer.error ?? "invalid_grant" });
});

function metadata() {
  return {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/jwks`,
    userinfo_endpoint: `${issuer}/userinfo`,
    end_session_endpoint: `${issuer}/end`,
    revocation_endpoint: `${issuer}/revoke`,
    response_types_supported: ["code"],
    prompt_values_supported: ["create"],
    code_challenge_methods_supported: ["S256"],
    id_token_signing_alg_values_supported: ["RS256"],
    backchannel_logout_supported: true,
    ...peer.metadata,
  };
}

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  issuer = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
});
afterAll(() => server.close());

/** What is not well, each as `check status`. */
async function complaints(told: Peer, variables: Readonly<Record<string, string>> = {}) {
  peer = told;
  const settings = { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: "app", OIDC_CLIENT_SECRET: "hush" };
  const [provider] = readProviders({ ...settings, ...variables }).providers;
  const findings = await checkProvider(provider!);
  for (const { status, fix } of findings) expect(fix === null).toBe(status === "ok");
  return findings.filter(({ status }) => status !== "ok").map(({ check, status }) => `${check} ${status}`);
}

const without = (name: string): Peer => ({ metadata: { [name]: undefined } });

describe("a provider", () => {
  it("that is as it should be gets no complaint", async () => {
    expect(await complaints({})).toEqual([]);
  });

  it.each<[string, string[], Peer, Record<string, string>?]>([
    ["names another issuer", ["discovery failed"], { metadata: { issuer: "http://127.0.0.1/other" } }],
    ["has no discovery", ["discovery failed"], { status: 404 }],
    ["is down", ["discovery failed"], { status: 503 }],
    ["has no keys", ["jwks failed"], { keys: [] }],
    ["lives in the past", ["clock failed"], { date: new Date(Date.now() - 3_600_000).toUTCString() }],
    [
      "signs with none",
      ["algorithms failed"],
      { metadata: { id_token_signing_alg_values_supported: ["none"] } },
    ],
    ["signs with another than pinned", ["algorithms failed"], {}, { OIDC_ID_TOKEN_ALG: "ES256" }],
    ["does not know the client", ["client failed"], { error: "invalid_client" }],
    ["is puzzled by the client", ["client warning"], { error: "server_error" }],
    [
      "takes no such proof of the client",
      ["client failed"],
      { metadata: { token_endpoint_auth_methods_supported: ["private_key_jwt"] } },
    ],
    ["has no end_session_endpoint", ["end-session warning"], without("end_session_endpoint")],
    ["has no revocation_endpoint", ["revocation warning"], without("revocation_endpoint")],
    ["offers no back-channel logout", ["back-channel warning"], without("backchannel_logout_supported")],
    [
      "knows PKCE by plain alone",
      ["pkce failed"],
      { metadata: { code_challenge_methods_supported: ["plain"] } },
    ],
    ["says nothing of PKCE", ["pkce warning"], without("code_challenge_methods_supported")],
    ["has no code flow", ["code-flow failed"], { metadata: { response_types_supported: ["id_token"] } }],
    ["lacks a scope", ["scopes warning"], { metadata: { scopes_supported: ["openid", "email", "profile"] } }],
    ["has no sign-up screen", ["sign-up warning"], without("prompt_values_supported")],
    ["takes no pushed requests", ["par failed"], {}, { OIDC_PAR: "always" }],
  ])("that %s is found out", async (_, expected, told, variables) => {
    expect(await complaints(told, variables)).toEqual(expected);
  });
});
