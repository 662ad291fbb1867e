import { approvedCallback } from "./support/oidc";
import { expect, proves, stranger, test } from "./support/test";
import { signUpLocally } from "./support/forms";
import { Visitor } from "./support/visitor";

const closed = [
  "/api/auth",
  "/api/auth/session",
  "/api/auth/csrf",
  "/api/auth/providers",
  "/api/auth/signin",
  "/api/auth/signin/oidc",
  "/api/auth/signout",
  "/api/auth/error",
  "/api/auth/verify-request",
  "/api/auth/webauthn-options/password",
  "/api/auth/callback",
  "/api/auth/callback/oidc/more",
];

for (const path of closed)
  test(`Auth.js's own ${path} is closed`, proves("13.4.6", "note 13"), async ({ stage, member }) => {
    const before = await stage.rows.counts();
    expect((await member.get(path)).status).toBe(404);
    const posted = await member.post(path, {
      csrfToken: "x",
      json: "true",
      callbackUrl: "https://evil.example",
    });
    expect([404, 405]).toContain(posted.status);
    expect((await member.get("/api/me")).status).toBe(200);
    expect(await stage.rows.counts()).toEqual(before);
  });

test(
  "Auth.js's password callback is closed, to the right password too",
  proves("note 9"),
  async ({ stage, visitor }) => {
    const person = stranger();
    await signUpLocally(visitor.copy(), person);
    const before = await stage.rows.counts();
    const fields = { identifier: person.username, password: person.password, csrfToken: "x" };
    for (const path of [
      "/api/auth/callback/password",
      "/api/auth/signin/password",
      "/api/auth/callback/credentials",
    ]) {
      expect([404, 405]).toContain((await visitor.post(path, fields)).status);
      const answer = await visitor.get(`${path}?${new URLSearchParams(fields)}`);
      expect(answer.headers.getSetCookie().filter((line) => line.includes("session"))).toEqual([]);
    }
    expect(visitor.sessionCookie).toBeUndefined();
    expect(await stage.rows.counts()).toEqual(before);
  },
);

test(
  "a callback of a provider that is not configured is refused",
  proves("10.2.2"),
  async ({ stage, visitor }) => {
    const address = await approvedCallback(visitor, stage.peer);
    for (const provider of ["password", "other", "__proto__", "constructor", "oidc%00"]) {
      const answer = await visitor.get(address.replace("/callback/oidc", `/callback/${provider}`));
      expect(answer.location ?? String(answer.status), provider).toMatch(
        /code=provider_not_configured|^400$|^404$/,
      );
    }
    const started = await visitor.post("/auth/oidc/other", { intent: "sign-in" });
    expect(started.location).toContain("code=provider_not_configured");
  },
);

test(
  "nothing of the source or the configuration is served",
  proves("13.4.1", "13.3.1"),
  async ({ stage, visitor }) => {
    for (const path of [
      ...[
        "/.git/HEAD",
        "/.git/config",
        "/.env",
        "/.env.local",
        "/package.json",
        "/next.config.ts",
        "/middleware.ts",
      ],
      ...[
        "/_next/server/middleware-manifest.json",
        "/_next/../.env",
        "/_next/static/..%2f..%2f.env",
        "/server.js.map",
      ],
      ...["/_next/static/chunks/app/layout.js.map", "/debug", "/metrics", "/actuator", "/.next/BUILD_ID"],
    ]) {
      const answer = await visitor.get(path);
      expect([400, 404], path).toContain(answer.status);
      expect(answer.text, path).not.toContain(stage.env["AUTH_SECRET"]);
    }
  },
);

test(
  "scripts of the pages hold no secret and no server code",
  proves("13.3.1", "14.2.1"),
  async ({ stage, member }) => {
    const pages = await Promise.all(
      ["/", "/login", "/profile", "/settings/sessions"].map((path) => member.get(path)),
    );
    const scripts = new Set(
      pages.flatMap(({ text }) => [...text.matchAll(/\/_next\/static\/[^"\\]+\.js/g)].map(([path]) => path)),
    );
    expect(scripts.size).toBeGreaterThan(3);
    const bundles = await Promise.all([...scripts].map((path) => member.get(path)));
    const all = [...bundles, ...pages].map(({ text }) => text).join("\n");
    const secrets = ["AUTH_SECRET", "TOKEN_ENCRYPTION_KEYS", "OIDC_CLIENT_SECRET", "DATABASE_URL"];
    for (const name of secrets) expect(all.includes(stage.env[name] ?? "?"), name).toBe(false);
    expect(all).not.toMatch(/\b(?:access|refresh)-[\w-]{32}\b/);
    expect(all).not.toMatch(/eyJ[\w-]{20,}\.[\w-]{20,}/);
    for (const mark of ["drizzle", "argon2", "provider_tokens", "sourceMappingURL"])
      expect(all, mark).not.toContain(mark);
  },
);

test("no page reveals a token to its own person", proves("14.3.3", "8.3.3"), async ({ stage, member }) => {
  const given = stage.peer.requests.filter(({ endpoint }) => endpoint === "token").length;
  expect(given).toBeGreaterThan(0);
  for (const path of ["/profile", "/protected", "/profile/api-access", "/settings/sessions", "/api/me"]) {
    const { text } = await member.get(path);
    expect(text, path).not.toMatch(/\b(?:access|refresh|code)-[\w-]{32}\b|eyJ[\w-]{20,}\./);
  }
});

test(
  "a visitor who was never here gets no cookie from reading",
  proves("7.6.2", "note 12"),
  async ({ stage }) => {
    const visitor = new Visitor(stage.url);
    for (const path of [
      "/",
      "/public",
      "/login",
      "/sign-up",
      "/profile",
      "/auth/error?code=unexpected",
      "/nowhere",
    ]) {
      const answer = await visitor.get(path);
      expect(answer.headers.getSetCookie(), path).toEqual([]);
    }
  },
);
