import { afterAll, beforeEach, describe, expect, it, vi } from "vitest";
import { sql as connection } from "@/db/client";
import { findGrant, openGrant } from "./grant";
import { getAccessToken } from "./get-access-token";
import { releaseGrants } from "./release-grants";
import { renewAccess } from "./renew-access";
import { grantRow, providerPerson, setRemaining } from "./testing/people";
import { readAtOnce, storedToken } from "./testing/readers";
import { json } from "./testing/token-endpoint";

const endpoint = await vi.hoisted(async () => (await import("./testing/environment")).configuredEndpoint());

beforeEach(() => {
  endpoint.reset();
});
afterAll(() => endpoint.stop());

describe("an access token near its end", () => {
  it("is renewed once for 40 readers, and the refresh token with it", async () => {
    const ctx = await providerPerson(endpoint);
    await setRemaining(ctx, 30);
    const before = await storedToken(ctx);
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
    expect(await readAtOnce(ctx)).toEqual([await storedToken(ctx)]);
    await setRemaining(ctx, -1);
    expect(await readAtOnce(ctx)).toEqual(["reconnect"]);
    expect(endpoint.requests).toBe(0);
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
