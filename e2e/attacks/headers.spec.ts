import { signOut } from "./support/forms";
import { gatedPages } from "./support/gated";
import { approvedCallback, beginSignIn, visitCallback } from "./support/oidc";
import { secretsIn } from "./support/refusals";
import { startStage } from "./support/stage";
import { expect, proves, test } from "./support/test";
import { rawRequest, Visitor } from "./support/visitor";

const spoofs: readonly Record<string, string>[] = [
  { host: "evil.example" },
  { host: "evil.example:443", "x-forwarded-proto": "https" },
  { "x-forwarded-host": "evil.example", "x-forwarded-proto": "https", "x-forwarded-port": "443" },
  { forwarded: 'for=1.2.3.4;host="evil.example";proto=https' },
  { "x-original-url": "/admin", "x-rewrite-url": "/admin", "x-forwarded-prefix": "/evil.example" },
  { "x-host": "evil.example", "x-forwarded-server": "evil.example", "x-http-host-override": "evil.example" },
];

for (const headers of spoofs)
  test(
    `addresses of ours do not come from ${Object.keys(headers).join(", ")}`,
    proves("4.1.3", "note 18"),
    async ({ stage, visitor }) => {
      for (const path of [
        "/profile",
        "/admin",
        "/api/auth/callback/oidc?state=x&code=y",
        "/auth/signed-out?state=x",
        "/login",
      ]) {
        const answer = await rawRequest(stage.url, path, headers);
        expect(JSON.stringify([answer.headers, answer.text]), path).not.toContain("evil.example");
        const { location } = answer.headers;
        if (typeof location === "string") expect(new URL(location, stage.url).origin, path).toBe(stage.url);
      }
      const spoofed = Object.fromEntries(Object.entries(headers).filter(([name]) => name !== "host"));
      const answer = await visitor.post("/auth/oidc/oidc", { intent: "sign-in" }, spoofed);
      expect(answer.text).not.toContain("evil.example");
      expect(answer.text).toContain(encodeURIComponent(stage.peer.client.redirectUri));
    },
  );

test("an address that a client claims is not believed", proves("4.1.3"), async ({ stage, visitor }) => {
  const address = await approvedCallback(visitor, stage.peer);
  await visitor.get(address, {
    "x-forwarded-for": "203.0.113.7",
    "x-real-ip": "203.0.113.7",
    forwarded: "for=203.0.113.7",
  });
  expect((await visitor.get("/api/me")).status).toBe(200);
  const rows = await stage.rows.sql`
    select address from sessions where address like '203.0.113.%' union select address from audit_events where address like '203.0.113.%'`;
  expect(rows).toEqual([]);
});

test(
  "behind one trusted proxy the last entry counts, and nothing further left",
  proves("4.1.3"),
  async ({ world }) => {
    const behind = await startStage(world, { env: { TRUSTED_PROXY_HOPS: "1" } });
    try {
      for (const [forwarded, address] of [
        ["203.0.113.7, 198.51.100.9", "198.51.100.9"],
        ["203.0.113.7, 'or 1=1", null],
        ["198.51.100.9, ", null],
      ] as const) {
        const visitor = new Visitor(behind.url);
        const callback = await approvedCallback(visitor, behind.peer);
        await visitor.get(callback, { "x-forwarded-for": forwarded });
        const [row] = await behind.rows.sql`select address from sessions order by created_at desc limit 1`;
        expect(row, forwarded).toEqual({ address });
      }
    } finally {
      await behind.close();
    }
  },
);

/** Pages that have nothing to show: no identity waits, no link was opened. */
const otherStatuses: Readonly<Record<string, number>> = {
  "/settings/identities/connect": 400,
  "/settings/email/confirm": 307,
};

for (const path of [...gatedPages, "/api/me", "/api/messages/protected"])
  test(`${path} is kept by no cache`, proves("14.3.2", "14.2.2", "note 31"), async ({ stage, member }) => {
    await stage.rows
      .sql`insert into user_roles (user_id, role) select user_id, 'admin' from sessions on conflict do nothing`;
    // Else the page that asks for a confirmation goes on by itself.
    await stage.rows.sql`update sessions set confirmed_at = null`;
    const answer = await member.get(path);
    expect(answer.status).toBe(otherStatuses[path] ?? 200);
    expect(answer.headers.get("cache-control")).toContain("no-store");
    expect(answer.headers.get("referrer-policy")).toBe("same-origin");
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
  });

test(
  "signing out clears what the browser holds of this site",
  proves("14.3.1", "note 31"),
  async ({ member }) => {
    const answer = await signOut(member);
    expect(answer.headers.get("clear-site-data")).toBe('"cache", "storage"');
    expect(answer.headers.get("cache-control")).toContain("no-store");
    expect(answer.status).toBe(303);
  },
);

for (const path of [
  "/",
  "/login",
  "/profile",
  "/nowhere",
  "/auth/error?code=unexpected",
  "/api/me",
  "/api/nowhere",
])
  test(
    `${path} carries the whole set of security headers`,
    proves("3.4.3", "3.4.4", "3.4.5", "3.4.6", "3.4.8"),
    async ({ visitor }) => {
      const { headers } = await visitor.get(path);
      const policy = headers.get("content-security-policy") ?? "";
      for (const directive of [
        "object-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "form-action 'self'",
      ])
        expect(policy).toContain(directive);
      expect(policy).toMatch(/script-src [^;]*'nonce-[\w+/=]{20,}'/);
      expect(policy).not.toMatch(/unsafe-inline|unsafe-eval/);
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(headers.get("x-frame-options")).toBe("DENY");
      expect(headers.get("cross-origin-opener-policy")).toBe("same-origin");
      expect(headers.get("referrer-policy")).toBe("same-origin");
      expect(headers.get("x-powered-by")).toBeNull();
      expect(headers.get("server")).toBeNull();
    },
  );

test("a nonce is never used twice", proves("3.4.3"), async ({ visitor }) => {
  const nonces = await Promise.all(
    Array.from({ length: 5 }, async () => {
      const { headers, text } = await visitor.get("/login");
      const nonce = /'nonce-([^']+)'/.exec(headers.get("content-security-policy") ?? "")?.[1] ?? "";
      for (const [tag] of text.matchAll(/<script\b[^>]*>/g)) expect(tag).toContain(`nonce="${nonce}"`);
      return nonce;
    }),
  );
  expect(new Set(nonces).size).toBe(5);
});

test(
  "the page on the way to the provider runs no script and is kept by no cache",
  proves("14.2.2"),
  async ({ visitor }) => {
    const answer = await visitor.post("/auth/oidc/oidc", { intent: "sign-in" });
    expect(answer.headers.get("cache-control")).toContain("no-store");
    expect(answer.text).not.toContain("<script");
  },
);

test(
  "error pages say nothing about the inside",
  proves("16.5.1", "13.4.2"),
  async ({ stage, visitor, member }) => {
    const leaks =
      /\bat \S+ \(|node_modules|\/(?:app|lib|db|dev)\/\S+\.tsx?|ECONN|postgres|drizzle|NEXT_|stack/i;
    for (const path of [
      ...[
        "/nowhere",
        "/auth/error?code=made-up",
        "/auth/error?code=__proto__",
        "/auth/error?code=constructor",
      ],
      ...[
        "/auth/error?code=unexpected&reference=%3Cscript%3E",
        "/auth/error",
        "/auth/error?code=unexpected&code=home",
      ],
      ...["/%", "/%c0%ae", "/profile%00", `/${"a".repeat(4_000)}`],
    ]) {
      const { text, status } = await visitor.get(path);
      expect(status, path).toBeGreaterThanOrEqual(400);
      expect(text.replace(/<script\b.*?<\/script>/gs, ""), path).not.toMatch(leaks);
      expect(text).not.toContain("<script>");
      expect(secretsIn(stage, text)).toEqual([]);
    }
    expect((await visitor.get("/auth/error?code=made-up")).status).toBe(500);
    const denied = (await member.get("/admin")).text.replace(/<script\b.*?<\/script>/gs, "");
    expect(denied).not.toMatch(leaks);
  },
);

test("methods that nothing uses are refused", proves("4.1.4"), async ({ stage, member }) => {
  for (const [method, path] of [
    ["DELETE", "/api/me"],
    ["POST", "/api/me"],
    ["PUT", "/api/messages/protected"],
    ["POST", "/api/messages/protected"],
    ["PATCH", "/auth/oidc/oidc"],
  ] as const)
    expect(
      (await member.send(path, { method, headers: { origin: stage.url } })).status,
      `${method} ${path}`,
    ).toBe(405);
  const trace = await rawRequest(stage.url, "/", { cookie: member.cookieHeader() }, "TRACE");
  expect(trace.text).not.toContain(member.sessionCookie);
});

test(
  "code and state leave the address bar with a redirect of ours",
  proves("14.2.1"),
  async ({ stage, visitor }) => {
    const address = await approvedCallback(visitor, stage.peer);
    const answer = await visitor.get(address);
    expect(answer.status).toBe(303);
    expect(answer.location).toBe("/profile");
    expect(answer.headers.get("cache-control")).toContain("no-store");
    const failed = await visitCallback(visitor, address);
    if (failed.kind === "refused") expect(secretsIn(stage, failed.page)).toEqual([]);
    expect(await beginSignIn(visitor)).not.toMatch(/code=|access_token|id_token/);
  },
);
