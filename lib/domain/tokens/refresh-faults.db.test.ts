import { createHash } from "node:crypto";
import { afterAll, beforeEach, describe, expect, it, vi } from "vitest";
import { findProviderConfig, type ProviderConfig } from "@/lib/domain/oidc/provider-config";
import { findSessionById } from "@/lib/domain/sessions/find-session";
import { openGrant } from "./grant";
import { getAccessToken } from "./get-access-token";
import { renewGrant } from "./renew-grant";
import { grantRow, providerPerson, setRemaining } from "./testing/people";
import { readAtOnce, storedToken } from "./testing/readers";
import { json, type Fault } from "./testing/token-endpoint";

const endpoint = await vi.hoisted(async () => (await import("./testing/environment")).configuredEndpoint());

beforeEach(() => {
  endpoint.reset();
});
afterAll(() => endpoint.stop());

const page = "<!doctype html><title>Bad gateway</title>";
const transient: [string, Fault][] = [
  ["500", (response) => response.writeHead(500).end("oops")],
  ["503", (response) => response.writeHead(503, { "retry-after": "1" }).end()],
  [
    "503 that says invalid_grant",
    (response) => {
      json(response, 503, { error: "invalid_grant" });
    },
  ],
  [
    "429",
    (response) => {
      json(response, 429, { error: "slow_down" });
    },
  ],
  [
    "a client that is configured wrongly",
    (response) => {
      json(response, 401, { error: "invalid_client" });
    },
  ],
  ["garbage", (response) => response.writeHead(200).end(createHash("sha512").update("x").digest())],
  ["HTML", (response) => response.writeHead(200, { "content-type": "text/html" }).end(page)],
  ["HTML with 400", (response) => response.writeHead(400, { "content-type": "text/html" }).end(page)],
  [
    "JSON of another shape",
    (response) => {
      json(response, 200, ["access_token"]);
    },
  ],
  [
    "an empty access token",
    (response, usual) => {
      json(response, 200, { ...usual, access_token: "" });
    },
  ],
  [
    "a token of another type",
    (response, usual) => {
      json(response, 200, { ...usual, token_type: "mac" });
    },
  ],
  [
    "truncated",
    (response) => {
      response.writeHead(200, { "content-length": "5000" }).write('{"access_');
      setTimeout(() => response.destroy(), 20);
    },
  ],
  ["a reset connection", (response) => response.destroy()],
  [
    "oversize",
    (response, usual) => {
      json(response, 200, { ...usual, padding: "x".repeat(2_000_000) });
    },
  ],
  ["a redirect elsewhere", (response) => response.writeHead(307, { location: "http://127.0.0.1:9/" }).end()],
];

describe("a provider that answers badly for now", () => {
  it.each(transient)("%s: the valid token serves on, one request for 40 readers", async (_, fault) => {
    const ctx = await providerPerson(endpoint);
    await setRemaining(ctx, 20);
    endpoint.fault = fault;
    endpoint.rotates = false;
    expect(await readAtOnce(ctx)).toEqual([await storedToken(ctx)]);
    expect(await readAtOnce(ctx)).toEqual([await storedToken(ctx)]);
    expect(endpoint.requests).toBe(1);
    expect(await grantRow(ctx)).toMatchObject({ refreshFailures: 1, endedAt: null });
  });

  it.each(transient)(
    "%s: without a valid token it is temporarily unavailable, then recovers",
    async (_, fault) => {
      const ctx = await providerPerson(endpoint);
      await setRemaining(ctx, -1);
      endpoint.fault = fault;
      endpoint.rotates = false;
      expect(await readAtOnce(ctx)).toEqual(["temporarily_unavailable"]);
      expect(endpoint.requests).toBe(1);
      endpoint.fault = undefined;
      await setRemaining(ctx, -1);
      const [token] = await readAtOnce(ctx);
      expect(token).toMatch(/^at-/);
      expect(await grantRow(ctx)).toMatchObject({ refreshFailures: 0, retryAfter: null });
    },
  );

  it("hangs: whoever waits is let go at the deadline and the provider is asked once", async () => {
    const ctx = await providerPerson(endpoint);
    await setRemaining(ctx, -1);
    endpoint.fault = () => undefined;
    const grant = await grantRow(ctx);
    const input = { grant, provider: provider(), minimumValiditySeconds: 60, timeoutMilliseconds: 300 };
    const started = performance.now();
    const renewals = await Promise.all([
      renewGrant(ctx, input),
      renewGrant(ctx, input),
      renewGrant(ctx, input),
    ]);
    expect(renewals).toEqual([{ kind: "unavailable" }, { kind: "unavailable" }, { kind: "unavailable" }]);
    expect(performance.now() - started).toBeLessThan(1_500);
    expect(endpoint.requests).toBe(1);
  });

  it("is left alone for 2, 4, 8 … at most 60 seconds", async () => {
    const ctx = await providerPerson(endpoint);
    await setRemaining(ctx, -1);
    endpoint.fault = (response) => response.writeHead(503).end();
    endpoint.rotates = false;
    const waits = [];
    let now = Date.now();
    for (let attempt = 0; attempt < 8; attempt += 1) {
      const later = { ...ctx, now: () => new Date(now) };
      expect(await getAccessToken(later)).toMatchObject({ ok: false });
      const { retryAfter } = await grantRow(ctx);
      waits.push(Math.round(((retryAfter?.getTime() ?? 0) - now) / 1000));
      await getAccessToken(later);
      now = (retryAfter?.getTime() ?? 0) + 1;
    }
    expect(waits).toEqual([2, 4, 8, 16, 32, 60, 60, 60]);
    expect(endpoint.requests).toBe(8);
  });
});

describe("a provider that ends the grant", () => {
  it.each<[string, () => void]>([
    [
      "invalid_grant",
      () =>
        (endpoint.fault = (response) => {
          json(response, 400, { error: "invalid_grant" });
        }),
    ],
    [
      "invalid_grant with 403",
      () =>
        (endpoint.fault = (response) => {
          json(response, 403, { error: "invalid_grant" });
        }),
    ],
    ["a changed sub", () => (endpoint.idToken = { sub: "somebody-else" })],
    ["a changed iss", () => (endpoint.idToken = { iss: "https://elsewhere.example.org" })],
    ["another audience", () => (endpoint.idToken = { aud: "another-client" })],
    [
      "an ID token that nobody signed",
      () =>
        (endpoint.fault = (response, usual) => {
          json(response, 200, { ...usual, id_token: "eyJhbGciOiJub25lIn0.eyJzdWIiOiJzdWJqZWN0LTEifQ." });
        }),
    ],
  ])("%s: connect again, and the session lives", async (_, arrange) => {
    const ctx = await providerPerson(endpoint);
    await setRemaining(ctx, 20);
    arrange();
    expect(await readAtOnce(ctx)).toEqual(["reconnect"]);
    expect(await readAtOnce(ctx)).toEqual(["reconnect"]);
    expect(endpoint.requests).toBe(1);
    expect(await grantRow(ctx)).toMatchObject({ accessTokenSealed: null, refreshTokenSealed: null });
    expect(await findSessionById(ctx.actor.viewer.sessionId)).not.toBeNull();
  });
});

describe("an answer that differs from the usual", () => {
  it.each<[string, () => void, unknown]>([
    ["expires_in missing", () => (endpoint.expiresIn = undefined), null],
    ["expires_in negative", () => (endpoint.expiresIn = -5), null],
    ["expires_in a word", () => (endpoint.expiresIn = "soon"), null],
    ["expires_in a string of digits", () => (endpoint.expiresIn = "120"), 120],
    ["an ID token of the same person", () => (endpoint.idToken = {}), 300],
    [
      "scope of a wrong type",
      () =>
        (endpoint.fault = (response, usual) => {
          json(response, 200, { ...usual, scope: 7 });
        }),
      300,
    ],
  ])("%s: the new token counts", async (_, arrange, lifetimeSeconds) => {
    const ctx = await providerPerson(endpoint);
    await setRemaining(ctx, -1);
    const before = await storedToken(ctx);
    arrange();
    const [token, ...others] = await readAtOnce(ctx);
    expect(others).toEqual([]);
    expect(token).toMatch(/^at-/);
    expect(token).not.toBe(before);
    expect(endpoint.requests).toBe(1);
    expect(await grantRow(ctx)).toMatchObject({ lifetimeSeconds });
  });

  it("no new refresh token: the old one is kept", async () => {
    const ctx = await providerPerson(endpoint);
    const { refreshToken } = openGrant(await grantRow(ctx));
    await setRemaining(ctx, -1);
    endpoint.rotates = false;
    expect(await readAtOnce(ctx)).toHaveLength(1);
    expect(openGrant(await grantRow(ctx)).refreshToken).toBe(refreshToken);
  });

  it("a narrowed scope is kept as the provider says it", async () => {
    const ctx = await providerPerson(endpoint, { scope: "openid read:messages" });
    await setRemaining(ctx, -1);
    endpoint.fault = (response, usual) => {
      json(response, 200, { ...usual, scope: "openid" });
    };
    expect(await getAccessToken(ctx)).toMatchObject({ ok: true, value: { scope: "openid" } });
  });
});

function provider(): ProviderConfig {
  const found = findProviderConfig("oidc");
  if (found === null) throw new Error("no provider");
  return found;
}
