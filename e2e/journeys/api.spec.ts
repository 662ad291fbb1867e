import type { APIRequestContext } from "@playwright/test";
import { expect, methods, proves, test } from "../fixtures";

const get = (request: APIRequestContext, path: string) => request.get(path, { maxRedirects: 0 });

async function failureOf(request: APIRequestContext, path: string) {
  const response = await get(request, path);
  const body = (await response.json()) as Record<string, unknown>;
  expect(response.headers()["content-type"]).toBe("application/json");
  expect(response.headers()["cache-control"]).toBe("no-store");
  expect(Object.keys(body).sort()).toEqual(["data", "error", "message"]);
  expect(body["data"]).toBeNull();
  return {
    status: response.status(),
    error: body["error"],
    challenge: response.headers()["www-authenticate"],
  };
}

test("a script without a session gets the public message", proves({ row: [5, 12] }), async ({ request }) => {
  const response = await get(request, "/api/messages/public");
  expect(response.status()).toBe(200);
  expect(await response.json()).toEqual({ text: "This is a public message." });
});

for (const path of ["/api/messages/protected", "/api/messages/admin", "/api/me"])
  test(
    `${path} answers 401 as JSON without a session, never a redirect`,
    proves({ row: [5, 10, 20] }),
    async ({ request }) => {
      expect(await failureOf(request, path)).toEqual({
        status: 401,
        error: "unauthenticated",
        challenge: 'Bearer realm="gatehouse"',
      });
    },
  );

for (const kind of ["secret", "PUBLIC", "..%2Fadmin"])
  test(`/api/messages/${kind} answers 404`, proves({ row: [12] }), async ({ request }) => {
    expect(await failureOf(request, `/api/messages/${kind}`)).toMatchObject({
      status: 404,
      error: "not_found",
    });
  });

test(
  "a bearer token that is none answers 401",
  proves({ row: [5], asvs: ["9.1.1"] }),
  async ({ request }) => {
    const response = await request.get("/api/me", { headers: { authorization: "Bearer not-a-token" } });
    expect(response.status()).toBe(401);
    expect(response.headers()["www-authenticate"]).toContain('error="invalid_token"');
  },
);

for (const by of methods)
  test.describe(`ada, signed in by ${by}`, () => {
    test.use({ as: { who: "ada", by } });

    test(
      "reads the messages that she may, and learns what she lacks",
      proves({ row: [5, 12, 13, 20] }),
      async ({ page }) => {
        const text = async (kind: string): Promise<unknown> =>
          (await get(page.request, `/api/messages/${kind}`)).json();
        expect(await text("public")).toEqual({ text: "This is a public message." });
        expect(await text("protected")).toEqual({ text: "This is a protected message." });
        const refusal = await failureOf(page.request, "/api/messages/admin");
        expect(refusal).toMatchObject({ status: 403, error: "denied" });
        expect(refusal.challenge).toContain('error="insufficient_scope", scope="read:admin-messages"');
      },
    );

    test("learns who she is", proves({ row: [11] }), async ({ page }) => {
      const body = (await (await get(page.request, "/api/me")).json()) as { data: Record<string, unknown> };
      expect(body).toMatchObject({
        error: null,
        data: {
          username: "ada",
          name: "Ada Lovelace",
          email: "ada@example.com",
          emailVerified: true,
          roles: ["user"],
          permissions: ["read:messages"],
          method: by === "provider" ? "oidc" : "password",
        },
      });
      expect(Object.keys(body.data).filter((key) => /session|token|password|secret/i.test(key))).toEqual([]);
    });
  });

for (const by of methods)
  test.describe(`grace, signed in by ${by}`, () => {
    test.use({ as: { who: "grace", by } });

    test("reads the admin message", proves({ row: [12, 13] }), async ({ page }) => {
      expect(await (await get(page.request, "/api/messages/admin")).json()).toEqual({
        text: "This is an admin message.",
      });
    });
  });

test("methods that nothing uses are refused", proves({ asvs: ["4.1.4", "3.5.3"] }), async ({ request }) => {
  for (const [method, path] of [
    ["POST", "/api/me"],
    ["DELETE", "/api/messages/public"],
    ["GET", "/auth/sign-out"],
    ["GET", "/auth/oidc/oidc"],
  ] as const)
    expect((await request.fetch(path, { method, maxRedirects: 0 })).status(), `${method} ${path}`).toBe(405);
});
