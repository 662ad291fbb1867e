import { accountButton, expect, proves, test } from "../fixtures";

const phoneOnly = { tag: "@phone-only", ...proves({ row: [15], wcag: ["2.1.1", "2.4.3"] }) };

for (const [who, as] of [
  ["a visitor", null],
  ["somebody signed in", { who: "grace", by: "password" }],
] as const)
  test.describe(`the menu of ${who}`, () => {
    test.use({ as });

    test("opens by keyboard, closes on Escape and gives the focus back", phoneOnly, async ({ page }) => {
      await page.goto("/");
      const button = page.getByRole("button", { name: "Menu", exact: true });
      const tabs = page.getByRole("navigation", { name: "Main" });
      await expect(tabs).toBeHidden();
      await button.focus();
      await page.keyboard.press("Enter");
      await expect(tabs).toBeVisible();
      await page.keyboard.press("Tab");
      await expect(tabs.getByRole("link").first()).toBeFocused();
      await page.keyboard.press("Escape");
      await expect(tabs).toBeHidden();
      await expect(button).toBeFocused();
    });

    test("leads on by keyboard alone", phoneOnly, async ({ page }) => {
      await page.goto("/");
      await page.getByRole("button", { name: "Menu", exact: true }).focus();
      await page.keyboard.press("Space");
      await page.keyboard.press("Tab");
      await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
      await expect(page).toHaveURL("/public");
    });

    test("closes on a touch elsewhere", phoneOnly, async ({ page }) => {
      await page.goto("/");
      const tabs = page.getByRole("navigation", { name: "Main" });
      await page.getByRole("button", { name: "Menu", exact: true }).tap();
      await expect(tabs).toBeVisible();
      await page.touchscreen.tap(20, 500);
      await expect(tabs).toBeHidden();
    });
  });

test.describe("the account menu", () => {
  test.use({ as: { who: "ada", by: "provider" } });

  test(
    "closes on Escape, gives the focus back, and is never open with the other",
    phoneOnly,
    async ({ page }) => {
      await page.goto("/profile");
      const account = page.getByRole("group", { name: "Account" });
      await accountButton(page).focus();
      await page.keyboard.press("Enter");
      await expect(account).toBeVisible();
      await expect(account.getByText("ada@example.com")).toBeVisible();
      await page.keyboard.press("Escape");
      await expect(account).toBeHidden();
      await expect(accountButton(page)).toBeFocused();

      await accountButton(page).tap();
      await expect(account).toBeVisible();
      await page.getByRole("button", { name: "Menu", exact: true }).tap();
      await expect(account).toBeHidden();
      await expect(page.getByRole("navigation", { name: "Main" })).toBeVisible();
    },
  );
});
