import type { APIRequestContext, APIResponse } from "@playwright/test";
import { expect, proves, test } from "../fixtures";

const always = {
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "same-origin",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
};

const get = (request: APIRequestContext, path: string) => request.get(path, { maxRedirects: 0 });

async function staticFile(request: APIRequestContext): Promise<string> {
  const [script] = /\/_next\/static\/[^"]+\.js/.exec(await (await request.get("/")).text()) ?? [];
  expect(script).toBeDefined();
  return script ?? "";
}

function directives(response: APIResponse): Map<string, string> {
  const policy = response.headers()["content-security-policy"] ?? "";
  return new Map(
    policy.split("; ").map((directive) => {
      const [name = "", ...values] = directive.split(" ");
      return [name, values.join(" ")];
    }),
  );
}

for (const { what, path, status } of [
  { what: "a page", path: "/", status: 200 },
  { what: "a page with a form", path: "/login", status: 200 },
  { what: "a page that is not there", path: "/nowhere", status: 404 },
  { what: "an outcome page", path: "/auth/error?code=provider_unavailable", status: 502 },
  { what: "a redirect to the login", path: "/profile", status: 307 },
  { what: "a redirect of a route", path: "/auth/signed-out?state=x", status: 303 },
  { what: "an answer of the API", path: "/api/messages/public", status: 200 },
  { what: "a refusal of the API", path: "/api/me", status: 401 },
  { what: "a public document", path: "/.well-known/jwks.json", status: 200 },
  { what: "an icon", path: "/icon.svg", status: 200 },
])
  test(
    `${what} carries the security headers`,
    proves({ asvs: ["3.4.4", "3.4.5", "3.4.6", "3.4.8"] }),
    async ({ request }) => {
      const response = await get(request, path);
      expect(response.status()).toBe(status);
      expect(response.headers()).toMatchObject(always);
      expect(response.headers()["permissions-policy"]).toContain("camera=()");
      expect(response.headers()).not.toHaveProperty("x-powered-by");
      expect(response.headers()).not.toHaveProperty("access-control-allow-origin");
    },
  );

test(
  "a static file carries the security headers and may be kept",
  proves({ asvs: ["3.4.4"] }),
  async ({ request }) => {
    const response = await get(request, await staticFile(request));
    expect(response.headers()).toMatchObject({
      ...always,
      "cache-control": "public, max-age=31536000, immutable",
    });
    expect(response.headers()["content-type"]).toContain("javascript");
  },
);

test(
  "pages name a new nonce each time and allow nothing else",
  proves({ asvs: ["3.4.3", "3.4.6"] }),
  async ({ request }) => {
    const nonces = new Set<string>();
    for (const path of ["/", "/", "/login", "/nowhere", "/auth/error?code=invalid_request"]) {
      const policy = directives(await get(request, path));
      const [, nonce = ""] =
        /^'self' 'nonce-([\w+/=]{20,})' 'strict-dynamic'$/.exec(policy.get("script-src") ?? "") ?? [];
      expect(nonce, path).not.toBe("");
      nonces.add(nonce);
      expect(policy.get("style-src")).toBe(`'self' 'nonce-${nonce}'`);
      expect(Object.fromEntries(policy)).toMatchObject({
        "default-src": "'self'",
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
        "connect-src": "'self'",
      });
    }
    expect(nonces.size).toBe(5);
  },
);

test("what is no page allows nothing to run", proves({ asvs: ["3.4.3"] }), async ({ request, world }) => {
  const answers = [
    await get(request, "/api/me"),
    await get(request, "/profile"),
    await request.post("/auth/oidc/oidc", {
      headers: { origin: world.urls.app },
      form: { intent: "sign-in" },
    }),
  ];
  for (const answer of answers)
    expect(directives(answer).get("object-src") ?? directives(answer).get("default-src")).toBe("'none'");
});

test.describe("somebody signed in", () => {
  test.use({ as: { who: "ada", by: "provider" } });

  for (const path of [
    "/",
    "/profile",
    "/protected",
    "/admin",
    "/settings/sessions",
    "/api/me",
    "/api/messages/protected",
  ])
    test(`${path} is kept by no cache`, proves({ asvs: ["14.2.2", "14.3.2"] }), async ({ page }) => {
      const response = await get(page.request, path);
      expect(response.headers()["cache-control"]).toContain("no-store");
      expect(response.headers()).toMatchObject(always);
    });
});

test("answers say what they are", proves({ asvs: ["4.1.1"] }), async ({ request }) => {
  const type = async (path: string) => (await get(request, path)).headers()["content-type"];
  expect(await type("/")).toBe("text/html; charset=utf-8");
  expect(await type("/api/me")).toBe("application/json");
  expect(await type("/.well-known/jwks.json")).toBe("application/jwk-set+json");
  expect(await type("/icon.svg")).toBe("image/svg+xml");
});
