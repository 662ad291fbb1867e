import type { Response } from "@playwright/test";
import { expect, newPerson, proves, signUp, test } from "../fixtures";

const everywhere = {
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "same-origin",
  "cross-origin-opener-policy": "same-origin",
};

test(
  "every kind of answer carries the security headers",
  proves({ asvs: ["3.4.3", "3.4.4", "3.4.5", "3.4.6", "3.4.8"] }),
  async ({ page, world }) => {
    await page.goto("/");
    const file = await page.locator('link[rel="stylesheet"]').first().getAttribute("href");
    const answers = [
      "/",
      "/login",
      "/profile",
      "/api/me",
      "/api/messages/nothing",
      "/.well-known/jwks.json",
      file ?? "",
    ];
    for (const path of answers) {
      const answer = await page.request.get(new URL(path, world.urls.app).href, { maxRedirects: 0 });
      for (const [name, value] of Object.entries(everywhere))
        expect(answer.headers()[name], `${name} of ${path}`).toBe(value);
    }
    const policy = (await page.request.get("/login")).headers()["content-security-policy"] ?? "";
    for (const directive of [
      "object-src 'none'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
      "form-action 'self'",
    ])
      expect(policy).toContain(directive);
    expect(policy).toMatch(/script-src 'self' 'nonce-[A-Za-z0-9+/=]{22,}' 'strict-dynamic'/);
    expect(policy).not.toContain("unsafe-inline");
  },
);

test("a nonce serves one page alone", proves({ asvs: ["3.4.3"] }), async ({ page }) => {
  const nonces = new Set<string | undefined>();
  for (let load = 0; load < 3; load += 1) {
    const policy = (await page.request.get("/")).headers()["content-security-policy"] ?? "";
    nonces.add(/'nonce-([^']+)'/.exec(policy)?.[1]);
  }
  expect(nonces.size).toBe(3);
});

for (const by of ["provider", "password"] as const)
  test(
    `no token reaches the browser of somebody signed in by ${by}, and the cookie is small, shielded and written once`,
    proves({ row: [4, 11, 19], asvs: ["3.3.2", "3.3.4", "7.2.3", "10.1.1", "14.2.1", "14.3.3"] }),
    async ({ page, context, world }) => {
      const bodies: string[] = [];
      const setCookies: string[] = [];
      const ours = (answer: Response) => answer.url().startsWith(world.urls.app);
      const readings: Promise<void>[] = [];
      page.on("response", (answer) => {
        if (!ours(answer)) return;
        readings.push(
          answer.allHeaders().then((headers) => {
            setCookies.push(
              ...(headers["set-cookie"] ?? "")
                .split("\n")
                .filter((line) => line.includes("gatehouse.session=")),
            );
          }),
        );
        if (answer.status() === 200)
          readings.push(
            answer.text().then(
              (text) => void bodies.push(text),
              () => undefined,
            ),
          );
      });
      await signUp(page, newPerson(), by);
      for (const path of [
        "/",
        "/profile",
        "/profile/api-access",
        "/protected",
        "/settings/sessions",
        "/public",
      ])
        await page.goto(path);
      await Promise.all(readings);

      const jwt = /eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}\./;
      const withoutStart = bodies.filter((body) => !body.includes('http-equiv="refresh"'));
      expect(withoutStart.length).toBeGreaterThan(6);
      for (const body of withoutStart) expect(body).not.toMatch(jwt);
      const stored = await page.evaluate(() => localStorage.length + sessionStorage.length);
      expect(stored).toBe(0);

      expect(setCookies.length, "times that the session cookie was written").toBe(1);
      const session = (await context.cookies(world.urls.app)).find(({ name }) =>
        name.endsWith("gatehouse.session"),
      );
      expect(session).toMatchObject({ httpOnly: true, sameSite: "Lax", path: "/" });
      expect(`${session?.name ?? ""}=${session?.value ?? ""}`.length).toBeLessThan(160);
      expect(session?.value).not.toMatch(jwt);
    },
  );

test("pages without an interaction bring no script of their own", async ({ page }) => {
  const scripts = async (path: string): Promise<Set<string>> => {
    await page.goto(path);
    const sources = await page
      .locator("script[src]")
      .evaluateAll((all) => all.map((one) => one.getAttribute("src") ?? ""));
    return new Set(sources);
  };
  // A page that nobody wrote a script for: what it loads is the framework and the frame of every page.
  const framework = await scripts("/public");
  const home = await scripts("/");
  expect([...home].filter((source) => !framework.has(source))).toEqual([]);
  const login = await scripts("/login");
  // The form that shows errors in place.
  expect([...login].filter((source) => !framework.has(source)).length).toBeLessThanOrEqual(2);
});
