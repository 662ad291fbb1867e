import { createHash } from "node:crypto";
import { afterAll, beforeEach, describe, expect, it, vi } from "vitest";
import { sql as connection } from "@/db/client";
import type { PersonContext } from "@/lib/domain/context";
import { findProviderConfig, type ProviderConfig } from "@/lib/domain/oidc/provider-config";
import { findSessionById } from "@/lib/domain/sessions/find-session";
import { findGrant, openGrant } from "./grant";
import { getAccessToken } from "./get-access-token";
import { releaseGrants } from "./release-grants";
import { renewAccess } from "./renew-access";
import { renewGrant } from "./renew-grant";
import { grantRow, providerPerson, setRemaining } from "./testing/people";
import { json, type Fault } from "./testing/token-endpoint";

const endpoint = await vi.hoisted(async () => (await import("./testing/environment")).configuredEndpoint());

beforeEach(() => {
  endpoint.reset();
});
afterAll(() => endpoint.stop());

const readers = 40;

/** What 40 readers at once are told, each answer once. */
async function readAtOnce(ctx: PersonContext): Promise<string[]> {
  const results = await Promise.all(Array.from({ length: readers }, () => getAccessToken(ctx)));
  return [...new Set(results.map((result) => (result.ok ? result.value.token : result.error.code)))];
}

async function oldToken(ctx: PersonContext): Promise<string> {
  return openGrant(await grantRow(ctx)).accessToken ?? "";
}

describe("an access token near its end", () => {
  it("is renewed once for 40 readers, and the refresh token with it", async () => {
    const ctx = await providerPerson(endpoint);
    await setRemaining(ctx, 30);
    const before = await oldToken(ctx);
    const [token, ...others] = await readAtOnce(ctx);
    expect(others).toEqual([]);
    expect(token).not.toBe(before);
    expect(endpoint.requests).toBe(1);
    await setRemaining(ctx, -1);
    expect(await readAtOnce(ctx)).toHaveLength(1);
    expect(endpoint).toMatchObject({ requests: 2, reuses: 0 });
  });

  it.each<[string, number, number, number]>([
    ["with 61 s left of 300 s is left alone", 300, 61, 0],
    ["with 59 s left of 300 s is renewed", 300, 59, 1],
    ["with 6 s left of 20 s is left alone", 20, 6, 0],
    ["with 4 s left of 20 s is renewed", 20, 4, 1],
  ])("%s", async (_, expiresInSeconds, remaining, requests) => {
    const ctx = await providerPerson(endpoint, { expiresInSeconds });
    await setRemaining(ctx, remaining);
    expect(await getAccessToken(ctx)).toMatchObject({ ok: true });
    expect(endpoint.requests).toBe(requests);
  });

  it("without a refresh token serves to its very end, then asks to connect again", async () => {
    const ctx = await providerPerson(endpoint, { refreshToken: undefined });
    await setRemaining(ctx, 2);
    expect(await readAtOnce(ctx)).toEqual([await oldToken(ctx)]);
    await setRemaining(ctx, -1);
    expect(await readAtOnce(ctx)).toEqual(["reconnect"]);
    expect(endpoint.requests).toBe(0);
  });
});

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
    expect(await readAtOnce(ctx)).toEqual([await oldToken(ctx)]);
    expect(await readAtOnce(ctx)).toEqual([await oldToken(ctx)]);
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
    const before = await oldToken(ctx);
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

describe("a refresh under way", () => {
  it("when the session ends: the sign-out gets the newest refresh token, and nothing revives the grant", async () => {
    const ctx = await providerPerson(endpoint);
    const { refreshToken: first } = openGrant(await grantRow(ctx));
    await setRemaining(ctx, -1);
    endpoint.delayMilliseconds = 300;
    const reading = getAccessToken(ctx);
    await vi.waitFor(() => {
      expect(endpoint.requests).toBe(1);
    });
    const [released] = await releaseGrants(ctx, { sessionId: ctx.actor.viewer.sessionId });
    await reading;
    expect(released?.refreshToken).toMatch(/^rt-/);
    expect(released?.refreshToken).not.toBe(first);
    expect(await getAccessToken(ctx)).toEqual({ ok: false, error: { code: "reconnect" } });
  });

  it("when its database connection is cut before the commit: the answer is saved all the same", async () => {
    const ctx = await providerPerson(endpoint);
    await setRemaining(ctx, -1);
    endpoint.fault = (response, usual) => {
      const cut = connection()`select pg_terminate_backend(pid) from pg_stat_activity
        where application_name = 'gatehouse-locks' and state = 'idle in transaction' and datname = current_database()`;
      void cut.then((killed) => {
        expect(killed).toHaveLength(1);
        setTimeout(() => {
          json(response, 200, usual);
        }, 50);
      });
    };
    const result = await getAccessToken(ctx);
    expect(result).toMatchObject({ ok: true });
    expect(openGrant(await grantRow(ctx)).accessToken).toBe(result.ok && result.value.token);
    endpoint.fault = undefined;
    await setRemaining(ctx, -1);
    expect(await getAccessToken(ctx)).toMatchObject({ ok: true });
    expect(endpoint.reuses).toBe(0);
  });
});

describe("Renew now", () => {
  it("renews a token that has long to live, once for two presses", async () => {
    const ctx = await providerPerson(endpoint);
    await setRemaining(ctx, 290);
    expect(await renewAccess(ctx)).toMatchObject({ ok: true });
    expect(await renewAccess(ctx)).toMatchObject({ ok: true });
    expect(endpoint.requests).toBe(1);
  });
});

describe("a grant of another provider under the same id", () => {
  it("is never sent to the one that is configured now", async () => {
    const ctx = await providerPerson(endpoint);
    await setRemaining(ctx, -1);
    await connection()`update provider_tokens set issuer = 'https://former.example.org' where session_id = ${ctx.actor.viewer.sessionId}`;
    expect(await getAccessToken(ctx)).toEqual({ ok: false, error: { code: "reconnect" } });
    expect(endpoint.requests).toBe(0);
    expect(
      await findGrant(ctx.db, { sessionId: ctx.actor.viewer.sessionId, provider: "oidc" }),
    ).not.toBeNull();
  });
});

function provider(): ProviderConfig {
  const found = findProviderConfig("oidc");
  if (found === null) throw new Error("no provider");
  return found;
}
