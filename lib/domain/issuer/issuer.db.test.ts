import {
  createLocalJWKSet,
  decodeJwt,
  decodeProtectedHeader,
  jwtVerify,
  SignJWT,
  type JSONWebKeySet,
} from "jose";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { PersonContext } from "@/lib/domain/context";
import { permissions } from "@/lib/shared/permissions";
import { configured } from "@/lib/test-environment";

const apiAudience = configured("API_AUDIENCE");
const seconds = 1_000;

/** An instance of the application, with its own caches, on the one database. */
async function instance() {
  vi.resetModules();
  const { database } = await import("@/db/client");
  const { signingKeys } = await import("@/db/schema");
  const { mintAccessToken } = await import("./mint-access-token");
  const { verifyAccessToken } = await import("./verify-access-token");
  const { rotateSigningKeys } = await import("./rotate-signing-keys");
  const keys = await import("./signing-keys");
  const { describeKeys, describeIssuer } = await import("./describe-issuer");
  const people = await import("@/lib/domain/tokens/testing/people");
  const { getAccessToken } = await import("@/lib/domain/tokens/get-access-token");
  return {
    ...people,
    mint: (ctx: PersonContext, audience: string, now = new Date()) =>
      mintAccessToken({ now: () => now }, { viewer: ctx.actor.viewer, audience }),
    verify: verifyAccessToken,
    rotate: (now: Date) => rotateSigningKeys(database(), { now }),
    kid: async (now: Date) => (await keys.currentSigningKey(now)).kid,
    signWith: keys.currentSigningKey,
    jwks: async (now: Date) => (await describeKeys(now)) as unknown as JSONWebKeySet,
    metadata: describeIssuer,
    forgetKeys: () => database().delete(signingKeys),
    rows: () => database().select().from(signingKeys),
    getAccessToken,
  };
}

const own = configured("AUTH_URL");

beforeEach(async () => {
  await (await instance()).forgetKeys();
});

describe("an access token for a local account", () => {
  it("is what RFC 9068 says, and verifies with the published keys", async () => {
    const app = await instance();
    const ctx = await app.localPerson("admin");
    const result = await app.getAccessToken(ctx);
    if (!result.ok) throw new Error("no token");
    const keys = createLocalJWKSet(await app.jwks(new Date()));
    const { payload, protectedHeader } = await jwtVerify(result.value.token, keys);
    expect(protectedHeader).toEqual({ alg: "ES256", typ: "at+jwt", kid: expect.any(String) as string });
    expect(payload).toMatchObject({
      iss: own,
      aud: apiAudience,
      sub: ctx.actor.viewer.userId,
      sid: ctx.actor.viewer.sessionId,
      client_id: "gatehouse",
      scope: "read:messages read:admin-messages",
      permissions: ["read:messages", "read:admin-messages"],
    });
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(300);
    expect(payload.jti).toMatch(/^[0-9a-f-]{36}$/);
  });

  it("serves again until a minute before its end; other permissions or another audience get another", async () => {
    const app = await instance();
    const ctx = await app.localPerson();
    const start = Date.now();
    const at = async (offset: number, audience = "a") =>
      (await app.mint(ctx, audience, new Date(start + offset * seconds))).token;
    const first = await at(0);
    expect(await at(230)).toBe(first);
    expect(await at(0, "b")).not.toBe(first);
    expect(await at(245)).not.toBe(first);
    const admin = { ...ctx.actor.viewer, permissions };
    const asAdmin = { ...ctx, actor: { kind: "person", viewer: admin } } as const;
    const more = await app.mint(asAdmin, "a", new Date(start));
    expect(decodeJwt(more.token)["permissions"]).toEqual(["read:messages", "read:admin-messages"]);
    const ownApi = await app.mint(asAdmin, own, new Date(start));
    expect(decodeJwt(ownApi.token)["permissions"]).toEqual([...permissions]);
    const burst = await Promise.all(Array.from({ length: 50 }, () => at(0, "c")));
    expect(new Set(burst).size).toBe(1);
  });
});

describe("the guard of our own API", () => {
  it("accepts our own token for our own audience", async () => {
    const app = await instance();
    const ctx = await app.localPerson();
    const { token } = await app.mint(ctx, own);
    const { userId, sessionId } = ctx.actor.viewer;
    expect(await app.verify(token, new Date())).toMatchObject({ ok: true, value: { userId, sessionId } });
    expect(await app.verify(token, new Date(Date.now() + 310 * seconds))).toEqual({
      ok: false,
      error: "expired",
    });
  });

  it("refuses a token for another audience, of another type, of another issuer, unsigned or tampered with", async () => {
    const app = await instance();
    const ctx = await app.localPerson();
    const now = new Date();
    const { token } = await app.mint(ctx, own, now);
    const { kid, key } = await app.signWith(now);
    const sign = (claims: Record<string, unknown>, header: Record<string, unknown> = {}) =>
      new SignJWT({ ...decodeJwt(token), ...claims })
        .setProtectedHeader({ alg: "ES256", typ: "at+jwt", kid, ...header })
        .sign(key);
    const [header = "", payload = "", signature = ""] = token.split(".");
    const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const forged = [
      (await app.mint(ctx, apiAudience, now)).token,
      await sign({}, { typ: "JWT" }),
      await sign({ iss: "https://elsewhere.example.org" }),
      await sign({ sub: "admin" }),
      await sign({ sid: undefined }),
      await sign({ jti: undefined }),
      await sign({}, { kid: "unknown" }),
      `${encode({ alg: "none", typ: "at+jwt" })}.${payload}.`,
      `${header}.${encode({ ...decodeJwt(token), sub: ctx.actor.viewer.sessionId })}.${signature}`,
      `${header}.${payload}.${signature.startsWith("A") ? "B" : "A"}${signature.slice(1)}`,
      "",
      "a.b.c",
    ];
    expect(await app.verify(await sign({}), now)).toMatchObject({ ok: true });
    for (const bad of forged)
      expect(await app.verify(bad, now), bad).toEqual({ ok: false, error: "invalid" });
  });
});

describe("signing keys", () => {
  it("are made once when ten instances need the first one at the same time", async () => {
    const apps = [];
    for (let index = 0; index < 10; index += 1) apps.push(await instance());
    const now = new Date();
    const kids = await Promise.all(apps.map((app) => app.kid(now)));
    expect(new Set(kids).size).toBe(1);
    expect(await (await instance()).rows()).toHaveLength(1);
  });

  it("rotate without one failed verification, whatever an instance or an API has cached", async () => {
    const start = Date.now();
    const at = (offset: number) => new Date(start + offset * seconds);
    const before = await instance();
    const ctx = await before.localPerson();
    const oldKid = await before.kid(at(0));
    // An API that read the JWKS just before the rotation and keeps it for the five minutes that many do.
    let apiKeys = { jwks: await before.jwks(at(0)), readAt: 0 };
    const made = await before.rotate(at(1));
    expect(made?.activeAt).toEqual(at(601));

    const signedWith = new Set<string>();
    let failures = 0;
    for (let time = 0; time <= 1_500; time += 20) {
      // A restarted instance knows the table of now; `before` stands for one whose cache is at its oldest.
      const signer = time % 40 === 0 ? before : await instance();
      const { token } = await signer.mint(ctx, own, at(time));
      signedWith.add(decodeProtectedHeader(token).kid ?? "");
      if (time - apiKeys.readAt >= 300)
        apiKeys = { jwks: await (await instance()).jwks(at(time)), readAt: time };
      const verified = await jwtVerify(token, createLocalJWKSet(apiKeys.jwks), {
        currentDate: at(time),
      }).catch(() => null);
      if (verified === null) failures += 1;
      if (!(await (await instance()).verify(token, at(time))).ok) failures += 1;
    }
    expect(failures).toBe(0);
    expect([...signedWith]).toEqual([oldKid, made?.kid]);
    expect((await (await instance()).jwks(at(1_500))).keys.map(({ kid }) => kid)).toEqual([made?.kid]);
  });

  it("are replaced by age, once, and the retired ones are deleted", async () => {
    const app = await instance();
    const first = await app.kid(new Date());
    const later = new Date(Date.now() + 91 * 24 * 3_600 * seconds);
    const aged = [await instance(), await instance(), await instance()];
    expect(new Set(await Promise.all(aged.map((each) => each.kid(later))))).toEqual(new Set([first]));
    expect(await app.rows()).toHaveLength(2);
    const muchLater = new Date(later.getTime() + 3_600 * seconds);
    expect(await (await instance()).kid(muchLater)).not.toBe(first);
    await (await instance()).rotate(muchLater);
    expect((await app.rows()).map(({ kid }) => kid)).not.toContain(first);
  });

  it("show their public half alone", async () => {
    const app = await instance();
    const { keys } = await app.jwks(new Date());
    expect(keys).toHaveLength(1);
    expect(Object.keys(keys[0] ?? {}).sort()).toEqual(["alg", "crv", "kid", "kty", "use", "x", "y"]);
  });
});

it("the metadata names no endpoint that does not exist", async () => {
  expect((await instance()).metadata()).toEqual({
    issuer: own,
    jwks_uri: `${own}/.well-known/jwks.json`,
    scopes_supported: permissions,
    response_types_supported: [],
    grant_types_supported: [],
  });
});
