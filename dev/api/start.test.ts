import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import {
  exportJWK,
  generateKeyPair,
  SignJWT,
  UnsecuredJWT,
  type JWTHeaderParameters,
  type JWTPayload,
} from "jose";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { findFreePort } from "../launch/ports";
import { startApi } from "./start";

const audience = "urn:test:api";
const key = await generateKeyPair("RS256", { extractable: true });
const strangersKey = await generateKeyPair("RS256", { extractable: true });
const published = createServer((_request, response) => {
  void exportJWK(key.publicKey).then((jwk) =>
    response.end(JSON.stringify({ keys: [{ ...jwk, kid: "k", alg: "RS256" }] })),
  );
});
let issuer = "";
let api = "";
let stop: () => Promise<void>;

beforeAll(async () => {
  await new Promise<void>((resolve) => published.listen(0, "127.0.0.1", resolve));
  issuer = `http://127.0.0.1:${String((published.address() as AddressInfo).port)}`;
  const port = await findFreePort();
  const deadIssuer = `http://127.0.0.1:${String(await findFreePort())}`;
  const issuers = [
    { issuer, jwksUri: `${issuer}/jwks` },
    { issuer: "http://dead.test", jwksUri: deadIssuer },
  ];
  const running = await startApi({ port, audience, issuers });
  stop = () => running.close();
  api = `http://localhost:${String(port)}/api/messages`;
});

afterAll(async () => {
  await stop();
  published.close();
});

interface Forgery {
  readonly header?: Partial<JWTHeaderParameters>;
  readonly claims?: JWTPayload;
  readonly expires?: string;
  readonly signedBy?: CryptoKey;
}

function token({ header, claims, expires = "1m", signedBy = key.privateKey }: Forgery = {}): Promise<string> {
  return new SignJWT({ iss: issuer, aud: audience, sub: "somebody", ...claims })
    .setProtectedHeader({ alg: "RS256", typ: "at+jwt", kid: "k", ...header })
    .setExpirationTime(expires)
    .sign(signedBy);
}

async function get(kind: string, bearer?: string) {
  const headers = bearer === undefined ? {} : { authorization: `Bearer ${bearer}` };
  const response = await fetch(`${api}/${kind}`, { headers });
  return {
    status: response.status,
    body: (await response.json()) as unknown,
    challenge: response.headers.get("www-authenticate") ?? "",
  };
}

describe("the messages API", () => {
  it("gives the public message to everybody", async () => {
    expect(await get("public")).toMatchObject({ status: 200, body: { text: expect.any(String) as string } });
  });

  it("asks for a token", async () => {
    const answer = await get("protected");
    expect(answer).toMatchObject({ status: 401, body: { message: "Requires authentication" } });
    expect(answer.challenge).toBe('Bearer realm="messages"');
  });

  it("takes a valid token", async () => {
    expect(await get("protected", await token())).toMatchObject({ status: 200 });
  });

  it.each([
    ["permissions", { permissions: ["read:admin-messages"] }],
    ["scope", { scope: "openid read:admin-messages" }],
  ])("gives the admin message by %s", async (_name, claims) => {
    expect(await get("admin", await token({ claims }))).toMatchObject({ status: 200 });
  });

  it("denies the admin message without the permission", async () => {
    const answer = await get("admin", await token({ claims: { scope: "read:admin-messages-not" } }));
    expect(answer).toMatchObject({ status: 403, body: { message: "Permission denied" } });
    expect(answer.challenge).toContain('error="insufficient_scope"');
  });

  it.each<[string, () => string | Promise<string>]>([
    ["garbage", () => "garbage"],
    [
      "an unsigned token",
      () => new UnsecuredJWT({ iss: issuer, aud: audience }).setExpirationTime("1m").encode(),
    ],
    ["a stranger's signature", () => token({ signedBy: strangersKey.privateKey })],
    ["a stranger's key named in the token", strangerWithOwnKey],
    ["another audience", () => token({ claims: { aud: "urn:other" } })],
    ["an untrusted issuer", () => token({ claims: { iss: "http://evil.test" } })],
    ["an expired token", () => token({ expires: "-1m" })],
    ["an ID token", () => token({ header: { typ: "id+jwt" } })],
    ["a token without a type", () => token({ header: { typ: "" } })],
  ])("refuses %s", async (_name, make) => {
    const answer = await get("protected", await make());
    expect(answer).toMatchObject({ status: 401, body: { message: "Bad credentials" } });
    expect(answer.challenge).toContain('error="invalid_token"');
  });

  it("does not blame the caller when an issuer's keys cannot be fetched", async () => {
    const log = vi.spyOn(console, "error").mockReturnValue();
    const answer = await get("protected", await token({ claims: { iss: "http://dead.test" } }));
    expect(answer.status).toBe(503);
    expect(log).toHaveBeenCalledOnce();
  });

  it("knows no other kind and no other method", async () => {
    expect(await get("constructor")).toMatchObject({ status: 404, body: { message: "Not Found" } });
    expect((await fetch(`${api}/public`, { method: "POST" })).status).toBe(405);
  });
});

async function strangerWithOwnKey(): Promise<string> {
  const jwk = await exportJWK(strangersKey.publicKey);
  return token({ header: { jwk, jku: "http://evil.test/jwks" }, signedBy: strangersKey.privateKey });
}
