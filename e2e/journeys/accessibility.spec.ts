import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, proves, submitLogin, test, type SignedInAs } from "../fixtures";

const themes = ["light", "dark"] as const;
const standards = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

const ada: SignedInAs = { who: "ada", by: "provider" };
const grace: SignedInAs = { who: "grace", by: "password" };

/** Every page and the status it answers with. */
const pages: { name: string; path: string; as: SignedInAs | null; status?: number }[] = [
  { name: "home, signed out", path: "/", as: null },
  { name: "public message", path: "/public", as: null },
  { name: "log in", path: "/login?returnTo=%2Fprotected", as: null },
  { name: "sign up", path: "/sign-up", as: null },
  { name: "not found", path: "/nowhere", as: null, status: 404 },
  {
    name: "outcome: refused",
    path: "/auth/error?code=id_token_invalid&reference=abcdef",
    as: null,
    status: 400,
  },
  { name: "outcome: unavailable", path: "/auth/error?code=temporarily_unavailable", as: null, status: 503 },
  { name: "home, signed in", path: "/", as: ada },
  { name: "profile", path: "/profile", as: ada },
  { name: "API access", path: "/profile/api-access", as: ada },
  { name: "protected message", path: "/protected", as: ada },
  { name: "sessions", path: "/settings/sessions", as: ada },
  { name: "denied", path: "/admin", as: ada, status: 403 },
  { name: "admin message", path: "/admin", as: grace },
];

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(standards).analyze();
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`),
  ).toEqual([]);
}

for (const { name, path, as, status = 200 } of pages)
  test.describe(name, () => {
    test.use({ as });
    test(
      "has no fault that axe can find, in both themes, and fits 320 pixels",
      { tag: "@phone", ...proves({ wcag: ["1.3.1", "1.4.3", "1.4.10", "2.5.8", "4.1.2"] }) },
      async ({ page, consoleWatch }) => {
        if (status !== 200) consoleWatch.allowStatus(status);
        for (const colorScheme of themes) {
          await page.emulateMedia({ colorScheme });
          const answer = await page.goto(path);
          expect(answer?.status()).toBe(status);
          await expectAccessible(page);
        }
        await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
        await page.setViewportSize({ width: 320, height: 640 });
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        expect(overflow, "pixels that stick out").toBeLessThanOrEqual(0);
      },
    );
  });

test(
  "a mistake in the login form is readable by everyone",
  { tag: "@phone", ...proves({ row: [23], wcag: ["3.3.1", "3.3.3", "4.1.3"] }) },
  async ({ page }) => {
    for (const colorScheme of themes) {
      await page.emulateMedia({ colorScheme });
      await page.goto("/login");
      await submitLogin(page, "ada", "not the right password");
      await expect(page.getByText("The user name, e-mail address or password is not right.")).toBeVisible();
      await expectAccessible(page);
    }
  },
);

test.describe("the open menus", () => {
  test.use({ as: ada });
  test("have no fault that axe can find", { tag: "@phone" }, async ({ page, isMobile }) => {
    await page.goto("/profile");
    if (isMobile) {
      await page.getByRole("button", { name: "Menu", exact: true }).click();
      await expectAccessible(page);
      await page.keyboard.press("Escape");
    }
    await page.getByRole("button", { name: "Account menu of Ada Lovelace" }).click();
    await expect(page.getByRole("button", { name: "Log out", exact: true })).toBeVisible();
    await expectAccessible(page);
  });
});
