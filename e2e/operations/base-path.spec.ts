import { randomBytes } from "node:crypto";
import type { Page } from "@playwright/test";
import sharp from "sharp";
import { findFreePort } from "../../dev/launch/ports";
import { startStage, type Stage } from "../attacks/support/stage";
import {
  expect,
  hydrated,
  mailTo,
  newPerson,
  openAccountMenu,
  proves,
  submitLogin,
  submitSignUp,
  test as base,
  type Person,
} from "../fixtures";
import { makeCertificates } from "../peers/certificates";
import { buildBelow } from "./support/build-below";
import { expectInside, watchRequests } from "./support/inside";

const basePath = "/gate";
const administrator = `admin-${randomBytes(4).toString("hex")}@example.com`;

/** A build of its own below a path, over https. One serves all tests here, which run one after the other. */
const test = base.extend<object, { stage: Stage }>({
  stage: [
    async ({ world }, provide) => {
      const tls = makeCertificates();
      const env = { ADMIN_EMAILS: administrator, METRICS_PORT: String(await findFreePort()) };
      const below = { basePath, directory: await buildBelow(basePath) };
      const stage = await startStage(world, { tls, below, env });
      await provide(stage);
      await stage.close();
      tls.remove();
    },
    { scope: "worker", timeout: 240_000 },
  ],
});

test.use({ ignoreHTTPSErrors: true });
test.describe.configure({ mode: "default" });

test(
  "an application below a path of a host works from the home page to the sign-out at the provider, and stays there",
  proves({ row: [1, 9, 14], asvs: ["3.3.1", "3.7.2"] }),
  async ({ context, page, stage }) => {
    test.setTimeout(120_000);
    const { url, peer } = stage;
    const seen = watchRequests(context, url);
    peer.behaviour.scenario = {
      idToken: { email: administrator, email_verified: true },
      userinfo: { email: administrator, email_verified: true },
    };

    await page.goto(url);
    await expectInside(page, url);
    await page.getByRole("main").getByRole("link", { name: "Log in" }).click();
    await page.waitForURL(`${url}/login`);
    await expectInside(page, url);
    await page.goto(`${url}/protected?tab=1`);
    expect(page.url()).toBe(`${url}/login?returnTo=%2Fgate%2Fprotected%3Ftab%3D1`);
    await page.getByRole("button", { name: "Peer" }).click();
    await page.waitForURL(`${url}/protected?tab=1`);
    await expect(page.getByText("The protected message.")).toBeVisible();
    const asked = peer.requests.find(({ endpoint }) => endpoint === "authorize");
    expect(asked?.parameters.get("redirect_uri")).toBe(`${url}/api/auth/callback/oidc`);

    // Everything that the pages lead to, until there is nothing new.
    const waiting = [url];
    const visited = new Set<string>();
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const address = new URL(next);
      const whole = address.origin + address.pathname;
      if (visited.has(whole) || /\/_next\/|\.\w+$/.test(whole)) continue;
      visited.add(whole);
      const answer = await page.goto(next);
      expect(answer?.status(), next).toBe(200);
      expect(answer?.headers()["content-security-policy"], next).toContain("'nonce-");
      await expectInside(page, url);
      for (const href of await page
        .locator("a[href]")
        .evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).href)))
        if (href.startsWith(url)) waiting.push(href);
    }
    for (const path of ["", "/profile", "/public", "/settings/sessions", "/admin/users", "/admin/system"])
      expect([...visited], path).toContain(url + path);

    await page.goto(`${url}/admin/system`);
    const main = await page.getByRole("main").textContent();
    expect(main).toContain(`this request came to AUTH_URL: ${url}`);
    for (const path of ["/api/auth/callback/oidc", "/auth/signed-out", "/api/auth/backchannel-logout/oidc"])
      expect(main).toContain(url + path);

    const names = (await context.cookies(url)).map(({ name, path, secure }) => ({ name, path, secure }));
    expect(names.filter(({ name }) => !name.startsWith("__Host-gatehouse~gate."))).toEqual([]);
    expect(names).toContainEqual({ name: "__Host-gatehouse~gate.session", path: "/", secure: true });

    await (await openAccountMenu(page)).getByRole("button", { name: "Log out", exact: true }).click();
    await page.waitForURL(url);
    const ended = peer.requests.find(({ endpoint }) => endpoint === "logout");
    expect(ended?.parameters.get("post_logout_redirect_uri")).toBe(`${url}/auth/signed-out`);
    expect((await context.cookies(url)).filter(({ name }) => name.endsWith(".session"))).toEqual([]);
    expect(seen.outside).toEqual([]);
    expect(stage.log()).not.toMatch(/"level":"error"/);
  },
);

test(
  "a local account: sign-up, the links of its mail, a page that is not for it, a confirmation, the session's dialog",
  proves({ row: [2, 13] }),
  async ({ context, page, stage, consoleWatch }) => {
    const { url } = stage;
    consoleWatch.allowStatus(403);
    const seen = watchRequests(context, url);
    const person = newPerson();
    await signUpBelow(page, url, person);

    const mail = await mailTo(person.email, "Confirm your e-mail address");
    const links = [mail.text, mail.html ?? ""].join(" ").match(/https?:\/\/[^\s"<>)]+/g) ?? [];
    expect(links.length).toBeGreaterThan(0);
    expect(links.filter((link) => !link.startsWith(`${url}/`) && link !== url)).toEqual([]);
    await page.goto(links.find((link) => link.includes("?token="))!);
    await page.getByRole("button", { name: "Confirm the address" }).click();
    await page.waitForURL(`${url}/confirm-email?notice=confirmed`);

    const denied = await page.goto(`${url}/admin`);
    expect(denied?.status()).toBe(403);
    await expect(page.getByText("read:admin-messages").first()).toBeVisible();
    await expectInside(page, url);

    await page.goto(`${url}/settings/profile`);
    await page.getByLabel("Picture", { exact: true }).setInputFiles({
      ...{ name: "me.png", mimeType: "image/png" },
      buffer: await sharp({ create: { width: 8, height: 8, channels: 3, background: "red" } })
        .png()
        .toBuffer(),
    });
    const shown = page.waitForResponse(`${url}/pictures/*`);
    await page.getByRole("button", { name: "Upload" }).click();
    await page.waitForURL(`${url}/settings/profile?notice=picture-saved`);
    expect((await shown).status()).toBe(200);
    expect((await shown).headers()["content-security-policy"]).toBe("default-src 'none'; sandbox");
    await expectInside(page, url);

    await stage.rows.sql`update sessions set confirmed_at = now() - interval '1 hour'`;
    await page.goto(`${url}/settings/email`);
    await page.getByLabel("New e-mail address").fill(`new-${person.email}`);
    await page.getByRole("button", { name: "Send the link" }).click();
    await page.waitForURL(`${url}/confirm?returnTo=%2Fgate%2Fsettings%2Femail`);
    await page.getByLabel("Password", { exact: true }).fill(person.password);
    await page.getByRole("main").getByRole("button", { name: "Confirm", exact: true }).click();
    await page.waitForURL(`${url}/settings/email`);
    await expect(page.getByLabel("New e-mail address")).toHaveValue(`new-${person.email}`);

    await page.clock.install();
    await page.goto(`${url}/settings/profile`);
    await hydrated(page.getByRole("button", { name: "Save name" }));
    await stage.rows.sql`update sessions set last_seen_at = now() - interval '23 hours 59 minutes'`;
    await page.clock.fastForward((24 * 60 * 60 - 55) * 1_000);
    const kept = page.waitForResponse(`${url}/api/session`);
    await page.getByRole("button", { name: "Stay logged in" }).click();
    expect((await kept).status()).toBe(200);
    expect(seen.outside).toEqual([]);
  },
);

test(
  "without scripts forms lead on below the path as well, and to nothing else of the host",
  proves({ asvs: ["3.7.2"] }),
  async ({ browser, stage }) => {
    const { url } = stage;
    const context = await browser.newContext({ javaScriptEnabled: false, ignoreHTTPSErrors: true });
    try {
      const seen = watchRequests(context, url);
      const page = await context.newPage();
      const person = newPerson();
      await signUpBelow(page, url, person);
      await (
        await openAccountMenu(page)
      )
        .getByRole("button", { name: /^Log out/ })
        .first()
        .click();
      await page.waitForURL(url);

      await page.goto(`${url}/login?returnTo=${encodeURIComponent("/gate/public?a=b")}`);
      await submitLogin(page, person.username, person.password);
      await page.waitForURL(`${url}/public?a=b`);
      await (await openAccountMenu(page)).getByRole("button", { name: "Dark" }).click();
      await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
      await context.clearCookies({ name: /session$/ });

      await page.goto(`${url}/login?returnTo=${encodeURIComponent("/wiki")}`);
      await submitLogin(page, person.username, person.password);
      await page.waitForURL(`${url}/profile`);
      expect(seen.outside).toEqual([]);
    } finally {
      await context.close();
    }
  },
);

test(
  "machines find everything below the path, and nothing beside it but where a standard looks",
  proves({ asvs: ["3.5.1", "13.4.2"] }),
  async ({ request, stage }) => {
    const { url } = stage;
    const { origin } = new URL(url);
    const refused = await request.get(`${url}/api/me`);
    expect(refused.status()).toBe(401);
    expect(await refused.json()).toMatchObject({ data: null, error: "unauthenticated" });
    expect((await request.get(`${url}/api/nothing`)).status()).toBe(404);
    expect((await request.put(`${url}/api/me`)).status()).toBe(405);
    expect(await (await request.get(`${url}/api/health/ready`)).json()).toEqual({ status: "ready" });
    const described = (await (await request.get(`${url}/api/openapi.json`)).json()) as object;
    expect(described).toMatchObject({ servers: [{ url }] });

    // RFC 8414 section 3: before the path of the issuer, where a proxy brings it from.
    const metadata = await request.get(`${origin}/.well-known/oauth-authorization-server/gate`);
    expect(await metadata.json()).toMatchObject({ issuer: url, jwks_uri: `${url}/.well-known/jwks.json` });
    expect((await request.get(`${url}/.well-known/jwks.json`)).status()).toBe(200);

    // Metrics have a port of their own, and no path.
    const metrics = await request.get(`http://127.0.0.1:${stage.env["METRICS_PORT"] ?? ""}/metrics`);
    expect([metrics.status(), await metrics.text()]).toEqual([
      200,
      expect.stringContaining("gatehouse_ready"),
    ]);

    const signOut = async (from: string) => {
      const sent = { headers: { origin: from }, form: { scope: "here" }, maxRedirects: 0 };
      return (await request.post(`${url}/auth/sign-out`, sent)).headers()["location"];
    };
    expect(await signOut("https://evil.example")).toContain(`${url}/auth/error?code=cross_site_request`);
    expect(await signOut(origin)).toBe(url);

    const outside = [
      ...["/", "/login", "/profile", "/admin", "/api/me", "/api/health/live", "/api/auth/callback/oidc"],
      ...[
        "/_next/static/chunks/x.js",
        "/icon.svg",
        "/favicon.ico",
        "/gatex/login",
        "/Gate/login",
        "/%67ate/login",
      ],
      ...[
        "//gate/login",
        "/.well-known/jwks.json",
        "/.well-known/oauth-authorization-server",
        "/gate/%2e%2e/profile",
      ],
    ];
    for (const path of outside)
      for (const method of ["GET", "POST"]) {
        const headers = { origin, "next-action": "x", rsc: "1" };
        const answer = await request.fetch(origin + path, {
          method,
          maxRedirects: 0,
          headers: method === "POST" ? headers : {},
        });
        expect([answer.status(), await answer.text()], `${method} ${path}`).toEqual([404, "Not Found"]);
        expect(answer.headers()["x-content-type-options"], path).toBe("nosniff");
      }
  },
);

async function signUpBelow(page: Page, url: string, person: Person): Promise<void> {
  await page.goto(`${url}/sign-up`);
  await expectInside(page, url);
  await submitSignUp(page, person);
  await page.waitForURL(`${url}/profile`);
  await expectInside(page, url);
}
