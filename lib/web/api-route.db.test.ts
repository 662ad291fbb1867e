import { NextRequest } from "next/server";
import { describe, expect, it } from "vitest";
import { apiSuccess } from "./api-answer";
import { apiRoute, openApiRoute } from "./api-route";
import { database } from "@/db/client";
import { userRoles } from "@/db/schema";
import { GET as me } from "@/app/api/me/route";
import type { PersonContext } from "@/lib/domain/context";
import { mintAccessToken } from "@/lib/domain/issuer/mint-access-token";
import { revokeOwnSession } from "@/lib/domain/sessions/revoke-session";
import { localPerson } from "@/lib/domain/tokens/testing/people";
import { configured } from "@/lib/test-environment";

const own = configured("AUTH_URL");

async function bearer(ctx: PersonContext, audience = own): Promise<string> {
  return (await mintAccessToken(ctx, { viewer: ctx.actor.viewer, audience })).token;
}

async function call(route: typeof me, authorization: string) {
  const request = new NextRequest(`${own}/api/test`, { headers: { authorization } });
  const response = await route(request, { params: Promise.resolve({}) });
  const body = (await response.json()) as { message: string; data: unknown; error: string | null };
  return {
    status: response.status,
    body,
    challenge: response.headers.get("www-authenticate"),
    headers: response.headers,
  };
}

const adminsOnly = apiRoute({ permission: "read:admin-messages" }, () =>
  Promise.resolve(apiSuccess("secret")),
);

describe("GET /api/me with a bearer token", () => {
  it("says who it is and keeps the session's id inside", async () => {
    const ctx = await localPerson();
    const { status, body, headers } = await call(me, `Bearer ${await bearer(ctx)}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      message: "OK",
      error: null,
      data: { userId: ctx.actor.viewer.userId, roles: ["user"] },
    });
    expect(JSON.stringify(body)).not.toContain(ctx.actor.viewer.sessionId);
    expect(headers.get("cache-control")).toBe("no-store");
  });

  it("refuses it from the moment its session is revoked", async () => {
    const ctx = await localPerson();
    const token = await bearer(ctx);
    expect((await call(me, `Bearer ${token}`)).status).toBe(200);
    await revokeOwnSession(ctx, ctx.actor.viewer.sessionId);
    const refused = await call(me, `Bearer ${token}`);
    expect(refused).toMatchObject({ status: 401, body: { data: null, error: "unauthenticated" } });
    expect(refused.challenge).toContain('error="invalid_token"');
  });

  it.each([
    ["malformed", "Bearer"],
    ["malformed", "Bearer two words"],
    ["another scheme", "Basic YTpi"],
    ["garbage", "Bearer abc"],
  ])("refuses %s: %s", async (_, authorization) => {
    const { status, body, challenge } = await call(me, authorization);
    expect(status).toBe(401);
    expect(body).toMatchObject({ data: null, error: "unauthenticated" });
    expect(challenge).toMatch(/^Bearer realm="gatehouse", error="invalid_/);
  });

  it("refuses a token that is for the external API", async () => {
    const ctx = await localPerson();
    expect((await call(me, `Bearer ${await bearer(ctx, "https://api.example.org")}`)).status).toBe(401);
  });
});

describe("a route that needs a permission", () => {
  it("names it to whoever lacks it", async () => {
    const { status, body, challenge } = await call(adminsOnly, `Bearer ${await bearer(await localPerson())}`);
    expect(status).toBe(403);
    expect(body).toEqual({
      message: "This needs the permission read:admin-messages.",
      data: null,
      error: "denied",
    });
    expect(challenge).toBe(
      'Bearer realm="gatehouse", error="insufficient_scope", scope="read:admin-messages"',
    );
  });

  it("asks the table: a role taken away counts on the next request, one given does not widen the token", async () => {
    const admin = await localPerson("admin");
    const token = await bearer(admin);
    expect((await call(adminsOnly, `Bearer ${token}`)).status).toBe(200);
    await database().execute(`delete from user_roles where user_id = '${admin.actor.viewer.userId}'`);
    expect((await call(adminsOnly, `Bearer ${token}`)).status).toBe(403);
    const user = await localPerson();
    const narrow = await bearer(user);
    await database().insert(userRoles).values({ userId: user.actor.viewer.userId, role: "admin" });
    expect((await call(adminsOnly, `Bearer ${narrow}`)).status).toBe(403);
  });
});

describe("a handler that breaks (ASVS 16.5.4)", () => {
  it("answers 500 without a word of why", async () => {
    const broken = apiRoute({}, () => Promise.reject(new Error("select secret from users")));
    const { status, body } = await call(broken, `Bearer ${await bearer(await localPerson())}`);
    expect(status).toBe(500);
    expect(body).toMatchObject({ data: null, error: "unexpected" });
    expect(JSON.stringify(body)).not.toContain("secret");
  });

  it("answers 503 when the database cannot be asked", async () => {
    const gone = Object.assign(new Error("connect"), { code: "ECONNREFUSED" });
    const down = openApiRoute(() => Promise.reject(new Error("query failed", { cause: gone })));
    const { status, body, headers } = await call(down, `Bearer ${await bearer(await localPerson())}`);
    expect(status).toBe(503);
    expect(body.error).toBe("temporarily_unavailable");
    expect(headers.get("retry-after")).toBe("2");
  });
});
