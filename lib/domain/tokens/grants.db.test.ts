import { afterAll, beforeEach, describe, expect, it, vi } from "vitest";
import { eq } from "drizzle-orm";
import { grantRow, localPerson, providerPerson } from "./testing/people";
import { disconnectAccess } from "./disconnect-access";
import { describeApiAccess } from "./describe-api-access";
import { openGrant } from "./grant";
import { releaseGrants } from "./release-grants";
import { storeGrant } from "./store-grant";
import { sql as connection, database } from "@/db/client";
import { providerTokens } from "@/db/schema";
import { mintAccessToken } from "@/lib/domain/issuer/mint-access-token";
import { findProviderConfig, type ProviderConfig } from "@/lib/domain/oidc/provider-config";
import { revokeToken } from "@/lib/domain/oidc/revoke-token";
import { configure } from "@/lib/test-environment";

const endpoint = await vi.hoisted(async () => (await import("./testing/environment")).configuredEndpoint());
configure({ API_SERVER_URL: "http://localhost:1" });

const provider = (): ProviderConfig => {
  const found = findProviderConfig("oidc");
  if (found === null) throw new Error("no provider");
  return found;
};

beforeEach(() => {
  endpoint.reset();
});
afterAll(() => endpoint.stop());

describe("a grant", () => {
  it("keeps the refresh token and the ID token when a later sign-in brings none", async () => {
    const ctx = await providerPerson(endpoint, { refreshToken: "kept-rt", idToken: "kept-id" });
    const { sessionId, userId } = ctx.actor.viewer;
    const { subject } = endpoint;
    await storeGrant(ctx, {
      sessionId,
      userId,
      provider: provider(),
      subject,
      tokens: { accessToken: "second" },
    });
    expect(openGrant(await grantRow(ctx))).toMatchObject({ accessToken: "second", refreshToken: "kept-rt" });
    expect(await releaseGrants(ctx, { sessionId })).toEqual([
      { provider: "oidc", issuer: endpoint.issuer, refreshToken: "kept-rt", idToken: "kept-id" },
    ]);
  });

  it("never passes one identity's refresh token on to another", async () => {
    const ctx = await providerPerson(endpoint, { refreshToken: "first-persons" });
    const { sessionId, userId } = ctx.actor.viewer;
    const tokens = { accessToken: "second" };
    await storeGrant(ctx, { sessionId, userId, provider: provider(), subject: "somebody-else", tokens });
    expect(openGrant(await grantRow(ctx)).refreshToken).toBeNull();
  });

  it("is one for each session: signing out here leaves the other device connected", async () => {
    const here = await providerPerson(endpoint);
    const there = await providerPerson(endpoint);
    await releaseGrants(here, { sessionId: here.actor.viewer.sessionId });
    expect(await grantRow(here)).toMatchObject({
      accessTokenSealed: null,
      refreshTokenSealed: null,
      idTokenSealed: null,
      endedReason: "signed_out",
    });
    expect(openGrant(await grantRow(there)).refreshToken).not.toBeNull();
  });

  it("does not stop a sign-out when it cannot be opened", async () => {
    const ctx = await providerPerson(endpoint, { idToken: "id" });
    const { sessionId } = ctx.actor.viewer;
    const spoilt = { refreshTokenSealed: "v1.lost.AAAA", idTokenSealed: "nonsense" };
    await database().update(providerTokens).set(spoilt).where(eq(providerTokens.sessionId, sessionId));
    expect(await releaseGrants(ctx, { sessionId })).toEqual([
      { provider: "oidc", issuer: endpoint.issuer, refreshToken: null, idToken: null },
    ]);
  });

  it("is erased together with its session", async () => {
    const ctx = await providerPerson(endpoint);
    await database().execute(`delete from sessions where id = '${ctx.actor.viewer.sessionId}'`);
    await expect(grantRow(ctx)).rejects.toThrow("no grant");
  });
});

describe("Disconnect", () => {
  it("ends the grant, revokes the token in force, and keeps the session", async () => {
    const refreshToken = endpoint.issueRefreshToken();
    const ctx = await providerPerson(endpoint, { refreshToken });
    expect(await describeApiAccess(ctx)).toMatchObject({
      state: "ready",
      renewable: true,
      disconnectable: true,
    });
    expect(await disconnectAccess(ctx)).toEqual({ ok: true, value: { revokedAtProvider: true } });
    expect(endpoint.revoked).toEqual([refreshToken]);
    expect(await describeApiAccess(ctx)).toMatchObject({
      state: "disconnected",
      scopes: [],
      disconnectable: false,
    });
    expect(await disconnectAccess(ctx)).toEqual({ ok: false, error: { code: "not_connected" } });
  });

  it("has nothing to end for a local account", async () => {
    const ctx = await localPerson();
    expect(await disconnectAccess(ctx)).toMatchObject({ ok: false });
    expect(await describeApiAccess(ctx)).toMatchObject({
      state: "ready",
      renewable: false,
      scopes: ["read:messages"],
    });
  });

  it("says that it did not work, and no more, when the provider is gone", async () => {
    const gone = { ...provider(), issuer: "http://127.0.0.1:9" };
    expect(await revokeToken(gone, "token")).toBe(false);
  });
});

describe("a stolen dump of the database", () => {
  it("shows no token, no private key and no session token", async () => {
    const secrets = {
      accessToken: "at-plainly-a-token-in-the-dump",
      refreshToken: "rt-plainly-a-token-in-the-dump",
      idToken: "id-plainly-a-token-in-the-dump",
    };
    const ctx = await providerPerson(endpoint, secrets);
    const local = await localPerson();
    const minted = await mintAccessToken(local, { viewer: local.actor.viewer, audience: "a" });
    const dump = await everyRow();
    expect(dump).toContain(ctx.actor.viewer.userId);
    for (const token of [...Object.values(secrets), "plainly-a-token", minted.token, '\\"d\\"', '"d":']) {
      expect(dump).not.toContain(token);
      expect(dump).not.toContain(Buffer.from(token).toString("hex"));
      expect(dump).not.toContain(Buffer.from(token).toString("base64url"));
    }
  });
});

/** Every row of every table as text, as a dump would hold it. */
async function everyRow(): Promise<string> {
  const sql = connection();
  const tables = await sql<{ name: string }[]>`
    select table_name as name from information_schema.tables where table_schema = 'public'`;
  const parts = [];
  for (const { name } of tables) {
    const rows = await sql`select t::text as row, row_to_json(t)::text as json from ${sql(name)} t`;
    parts.push(JSON.stringify(rows));
  }
  expect(tables.map(({ name }) => name)).toContain("provider_tokens");
  return parts.join("\n");
}
