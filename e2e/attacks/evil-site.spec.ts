import type { BrowserContext, Page } from "@playwright/test";
import { startEvilSite, type EvilSite } from "./support/evil-site";
import { expect, proves, test as base } from "./support/test";
import type { Visitor } from "./support/visitor";

/** Ports do not part sites, so a browser sends SameSite cookies along: what refuses here is the application itself. */
const test = base.extend<{ evil: (body: string) => Promise<EvilSite> }>({
  evil: async ({}, provide) => {
    const open: EvilSite[] = [];
    await provide(async (body) => {
      const site = await startEvilSite(body);
      open.push(site);
      return site;
    });
    for (const site of open) await site.close();
  },
});

async function holdCookies(context: BrowserContext, visitor: Visitor): Promise<void> {
  const cookies = [...visitor.cookies].map(([name, value]) => ({ name, value, url: visitor.origin }));
  await context.addCookies(
    cookies.map((cookie) => ({ ...cookie, httpOnly: true, sameSite: "Lax" as const })),
  );
}

function autoSubmit(action: string, fields: Record<string, string>, attributes = ""): string {
  const inputs = Object.entries(fields).map(([name, value]) => `<input name="${name}" value="${value}">`);
  return `<form method="post" action="${action}" ${attributes}>${inputs.join("")}</form><script>document.forms[0].submit()</script>`;
}

async function expectStillSignedIn(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/profile`);
  await expect(page.getByRole("heading", { level: 1, name: "Peer Person" })).toBeVisible();
}

test(
  "a form on another site signs nobody out",
  proves("3.5.1"),
  async ({ context, page, stage, member, evil, consoleWatch }) => {
    consoleWatch.allowStatus(403);
    await holdCookies(context, member);
    const site = await evil(autoSubmit(`${stage.url}/auth/sign-out`, { scope: "everywhere" }));
    await page.goto(site.url);
    await expect(
      page.getByRole("heading", { level: 1, name: "That request came from another site" }),
    ).toBeVisible();
    await expectStillSignedIn(page, stage.url);
  },
);

test(
  "a form in a sandboxed frame signs nobody out",
  proves("3.5.1"),
  async ({ context, page, stage, member, evil, consoleWatch }) => {
    consoleWatch.allowStatus(403);
    await holdCookies(context, member);
    const form = autoSubmit(`${stage.url}/auth/sign-out`, { scope: "here" }, 'target="_top"');
    const sandbox = "allow-scripts allow-forms allow-top-navigation";
    const site = await evil(
      `<iframe sandbox="${sandbox}" srcdoc="${form.replaceAll('"', "&quot;")}"></iframe>`,
    );
    await page.goto(site.url);
    const heading = page.getByRole("heading", { level: 1, name: "That request came from another site" });
    await expect(heading).toBeVisible();
    await expectStillSignedIn(page, stage.url);
  },
);

test(
  "a form on another site begins no sign-in",
  proves("3.5.1", "7.6.2"),
  async ({ page, stage, evil, consoleWatch }) => {
    consoleWatch.allowStatus(403);
    const asked = () => stage.peer.requests.filter(({ endpoint }) => endpoint === "authorize").length;
    const before = asked();
    const site = await evil(autoSubmit(`${stage.url}/auth/oidc/oidc`, { intent: "sign-in" }));
    await page.goto(site.url);
    await expect(
      page.getByRole("heading", { level: 1, name: "That request came from another site" }),
    ).toBeVisible();
    expect(asked()).toBe(before);
  },
);

test(
  "another site's scripts read nothing",
  proves("3.4.2"),
  async ({ context, page, stage, member, evil, consoleWatch }) => {
    consoleWatch.allow(/CORS|ERR_FAILED|ERR_BLOCKED/);
    await holdCookies(context, member);
    const site = await evil("<h1>Evil</h1>");
    await page.goto(site.url);
    const read = await page.evaluate(async (url) => {
      const attempts = ["/api/me", "/profile", "/api/messages/protected"].map((path) =>
        fetch(url + path, { credentials: "include" }).then(
          (response) => response.text(),
          () => "refused",
        ),
      );
      return Promise.all(attempts);
    }, stage.url);
    expect(read).toEqual(["refused", "refused", "refused"]);
  },
);

test(
  "a window that another site opened is out of its reach",
  proves("3.4.8"),
  async ({ context, page, stage, member, evil }) => {
    await holdCookies(context, member);
    const site = await evil('<button onclick="window.victim = open(document.title)">Open</button>');
    await page.goto(site.url);
    const [popup] = await Promise.all([
      context.waitForEvent("page"),
      page.evaluate((url) => {
        Object.assign(window, { victim: window.open(`${url}/profile`) });
      }, stage.url),
    ]);
    await expect(popup.getByRole("heading", { level: 1, name: "Peer Person" })).toBeVisible();
    expect(await popup.evaluate(() => window.opener as unknown)).toBeNull();
    expect(await page.evaluate(() => (window as unknown as { victim: Window }).victim.closed)).toBe(true);
  },
);

test(
  "a tampered sign-in ends on a page that says so",
  proves("6.8.2"),
  async ({ page, stage, consoleWatch }) => {
    consoleWatch.allowStatus(400);
    stage.peer.behaviour.scenario = { signing: "stranger" };
    await page.goto(`${stage.url}/login`);
    await page.getByRole("button", { name: "Continue with Peer" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(
      "The identity provider's answer could not be trusted",
    );
    await expect(page.getByText("Reference:")).toBeVisible();
    expect(new URL(page.url()).searchParams.has("state")).toBe(false);
    await page.getByRole("link", { name: "Back to the login" }).click();
    stage.peer.behaviour.scenario = {};
    await page.getByRole("button", { name: "Continue with Peer" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Peer Person" })).toBeVisible();
  },
);

test(
  "claims of an attacker run nothing in the browser",
  proves("1.2.1", "3.4.3"),
  async ({ page, stage }) => {
    const payload = `"><img src=x onerror="document.title='owned'"><script>document.title='owned'</script>`;
    stage.peer.behaviour.scenario = {
      idToken: { payload, [payload]: payload },
      userinfo: {
        name: payload,
        picture: `javascript:document.title='owned'`,
        profile: "javascript:alert(1)",
      },
    };
    await page.goto(`${stage.url}/login`);
    await page.getByRole("button", { name: "Continue with Peer" }).click();
    await page.waitForURL(`${stage.url}/profile`);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(payload);
    for (const path of ["/", "/settings/sessions", "/profile"]) {
      await page.goto(stage.url + path);
      await expect(page).not.toHaveTitle(/owned/);
      expect(await page.locator("a[href^='javascript:'], img[src='x']").count()).toBe(0);
    }
  },
);
