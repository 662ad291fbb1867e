import { generateKeyPairSync } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { jwtVerify } from "jose";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { clientRequest } from "./client-request";
import type { ProviderMetadata } from "./metadata";
import type { ProviderConfig } from "./provider-config";
import { pushAuthorizationRequest } from "./push-authorization-request";
import { readProviders } from "@/lib/env-providers";

interface Asked {
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: URLSearchParams;
}

const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const jwk = { ...privateKey.export({ format: "jwk" }), kid: "our-key" };
const asked: Asked[] = [];
let changes: Readonly<Record<string, unknown>> = {};
let answer: { status: number; body: unknown } = { status: 201, body: {} };
let origin = "";
let issuers = 0;

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    const path = request.url ?? "";
    const json = (status: number, body: unknown) => {
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    };
    if (path.endsWith("/.well-known/openid-configuration")) {
      json(200, metadata(origin + path.replace("/.well-known/openid-configuration", "")));
      return;
    }
    const { authorization } = request.headers;
    asked.push({ path, authorization, body: new URLSearchParams(Buffer.concat(chunks).toString()) });
    json(answer.status, answer.body);
  });
});

function metadata(issuer: string): ProviderMetadata {
  return {
    issuer,
    authorization_endpoint: `${issuer}/authorize?tenant=7`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/jwks`,
    pushed_authorization_request_endpoint: `${issuer}/par`,
    ...changes,
  };
}

/** A provider whose metadata nobody has asked for yet. */
function provider(variables: Record<string, string>): ProviderConfig {
  issuers += 1;
  const { providers, faults } = readProviders({
    OIDC_ISSUER: `${origin}/${String(issuers)}`,
    OIDC_CLIENT_ID: "an app",
    ...Object.fromEntries(Object.entries(variables).map(([name, value]) => [`OIDC_${name}`, value])),
  });
  if (providers[0] === undefined || faults.length > 0) throw new Error(JSON.stringify(faults));
  return providers[0];
}

const secret = { CLIENT_SECRET: "s/+ &%:" };
const key = { PRIVATE_KEY: JSON.stringify(jwk) };

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "localhost", resolve));
  origin = `http://localhost:${String((server.address() as AddressInfo).port)}`;
});
afterAll(() => server.close());
beforeEach(() => {
  asked.length = 0;
  changes = {};
  answer = { status: 201, body: { request_uri: "urn:ietf:params:oauth:request_uri:1", expires_in: 60 } };
});

async function send(variables: Record<string, string>, endpoint = "/token"): Promise<Asked> {
  const config = provider(variables);
  await clientRequest(config, metadata(config.issuer), config.issuer + endpoint, { grant_type: "x" });
  return asked[0]!;
}

function assertionOf({ body }: Asked) {
  return jwtVerify(body.get("client_assertion") ?? "", publicKey);
}

describe("a client that has a secret", () => {
  it("sends it in the header, encoded as RFC 6749 wants it, unless the metadata allows that not", async () => {
    const credentials = Buffer.from("an+app:s%2F%2B+%26%25%3A").toString("base64");
    const request = await send(secret);
    expect(request.authorization).toBe(`Basic ${credentials}`);
    expect([...request.body.keys()]).toEqual(["grant_type"]);
  });

  it("sends it in the form where the metadata or the configuration says so", async () => {
    const posted = { client_id: "an app", client_secret: "s/+ &%:", grant_type: "x" };
    const byConfiguration = await send({ ...secret, TOKEN_AUTH_METHOD: "client_secret_post" });
    asked.length = 0;
    changes = { token_endpoint_auth_methods_supported: ["client_secret_post"] };
    for (const { authorization, body } of [byConfiguration, await send(secret)]) {
      expect(authorization).toBeUndefined();
      expect(Object.fromEntries(body)).toEqual(posted);
    }
  });
});

describe("a client that has a key (RFC 7523, draft-ietf-oauth-rfc7523bis)", () => {
  it("proves it with an assertion for the issuer alone, of its own type, good for a minute", async () => {
    const request = await send(key);
    const { payload, protectedHeader } = await assertionOf(request);
    expect(protectedHeader).toEqual({ alg: "RS256", kid: "our-key", typ: "client-authentication+jwt" });
    expect(payload).toMatchObject({ iss: "an app", sub: "an app", aud: `${origin}/${String(issuers)}` });
    expect(payload.exp! - payload.iat!).toBe(60);
    expect(Object.fromEntries(request.body)).toMatchObject({
      client_id: "an app",
      client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
    });
    expect(request.body.has("client_secret") || request.authorization !== undefined).toBe(false);
  });

  it("never says the same twice", async () => {
    await send(key);
    await send(key);
    const ids = await Promise.all(asked.map(async (one) => (await assertionOf(one)).payload.jti));
    expect(new Set(ids).size).toBe(2);
  });

  it("signs with what the provider accepts, and says so when it cannot", async () => {
    changes = { token_endpoint_auth_signing_alg_values_supported: ["ES256", "PS256"] };
    expect((await assertionOf(await send(key))).protectedHeader.alg).toBe("PS256");
    changes = { token_endpoint_auth_signing_alg_values_supported: ["ES256"] };
    await expect(send(key)).rejects.toMatchObject({ name: "ProviderError", code: "provider_answer_invalid" });
  });

  it("names the token endpoint where that is configured, and sends that nowhere else", async () => {
    const older = { ...key, ASSERTION_AUDIENCE: "token_endpoint" };
    const { payload, protectedHeader } = await assertionOf(await send(older, "/revoke"));
    expect(payload.aud).toBe(`${origin}/${String(issuers)}/token`);
    expect(protectedHeader.typ).toBe("JWT");
    changes = { token_endpoint: "https://honest.example/token" };
    asked.length = 0;
    await expect(send(older, "/revoke")).rejects.toMatchObject({ code: "provider_answer_invalid" });
    expect(asked).toEqual([]);
  });
});

describe("pushed authorization requests (RFC 9126)", () => {
  const push = (config: ProviderConfig) =>
    pushAuthorizationRequest(
      config,
      `${config.issuer}/authorize?tenant=7&client_id=an+app&state=s&scope=openid+x`,
    );

  it("leave the browser nothing to carry but a reference", async () => {
    const config = provider({ ...secret, PAR: "always" });
    const url = new URL(await push(config));
    expect(url.origin + url.pathname).toBe(`${config.issuer}/authorize`);
    expect(Object.fromEntries(url.searchParams)).toEqual({
      ...{ tenant: "7", client_id: "an app" },
      request_uri: "urn:ietf:params:oauth:request_uri:1",
    });
    expect(asked[0]?.authorization).toMatch(/^Basic /);
    expect(Object.fromEntries(asked[0]!.body)).toEqual({
      client_id: "an app",
      state: "s",
      scope: "openid x",
    });
  });

  it("prove the client as every other request does", async () => {
    await push(provider({ ...key, PAR: "always" }));
    expect((await assertionOf(asked[0]!)).payload.aud).toBe(`${origin}/${String(issuers)}`);
  });

  it.each<[string, boolean | undefined, number]>([
    ["auto", undefined, 0],
    ["auto", false, 0],
    ["auto", true, 1],
    ["never", true, 0],
    ["always", false, 1],
  ])("with %s and %s in the metadata are sent %i times", async (PAR, required, times) => {
    changes = { require_pushed_authorization_requests: required };
    const config = provider({ ...secret, PAR });
    const location = await push(config);
    expect(asked).toHaveLength(times);
    expect(new URL(location).searchParams.has("state")).toBe(times === 0);
  });

  it.each<[string, { status: number; body: unknown }, string]>([
    ["a refusal", { status: 400, body: { error: "invalid_scope" } }, "provider_refused"],
    ["a fault of theirs", { status: 400, body: { error: "server_error" } }, "provider_failed"],
    ["a refusal without words", { status: 401, body: [] }, "provider_refused"],
    ["an outage", { status: 503, body: {} }, "provider_unavailable"],
    ["an answer without a reference", { status: 201, body: { expires_in: 60 } }, "provider_answer_invalid"],
    ["a reference that is none", { status: 201, body: { request_uri: 7 } }, "provider_answer_invalid"],
  ])("end with %s", async (_, given, code) => {
    answer = given;
    await expect(push(provider({ ...secret, PAR: "always" }))).rejects.toMatchObject({ code });
  });

  it("need an endpoint", async () => {
    changes = { pushed_authorization_request_endpoint: undefined };
    await expect(push(provider({ ...secret, PAR: "always" }))).rejects.toMatchObject({
      code: "provider_answer_invalid",
    });
  });
});
