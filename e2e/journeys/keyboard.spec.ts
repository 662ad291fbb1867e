import type { Locator, Page } from "@playwright/test";
import {
  accountButton,
  demoPerson,
  everywhere,
  expect,
  expectSignedIn,
  expectSignedOut,
  loginForm,
  proves,
  providerButton,
  signUpForm,
  test,
} from "../fixtures";

const reachable = proves({ wcag: ["2.1.1", "2.4.1", "2.4.3", "2.4.7"] });

/** Presses Tab until an element has the focus, and sees that it shows. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 40; presses += 1) {
    await page.keyboard.press("Tab");
    if (await target.evaluate((element) => element === document.activeElement)) {
      const outline = await target.evaluate((element) => getComputedStyle(element).outlineStyle);
      expect(outline, "the focus shows").not.toBe("none");
      return;
    }
  }
  await expect(target, "reached by Tab").toBeFocused();
}

async function openMenuIfFolded(page: Page, link: Locator): Promise<void> {
  if (await link.isVisible()) return;
  await tabTo(page, page.getByRole("button", { name: "Menu", exact: true }));
  await page.keyboard.press("Enter");
  await expect(link).toBeVisible();
}

async function logOutByKeyboard(page: Page): Promise<void> {
  await tabTo(page, accountButton(page));
  await page.keyboard.press("Enter");
  await tabTo(page, page.getByRole("button", { name: "Log out", exact: true }));
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => url.pathname === "/");
  await expectSignedOut(page);
}

test(
  "signs in with a password and out again by keyboard alone",
  { ...everywhere, ...reachable },
  async ({ page }) => {
    const ada = demoPerson("ada");
    await page.goto("/");
    await page.keyboard.press("Tab");
    const skip = page.getByRole("link", { name: "Skip to the content" });
    await expect(skip).toBeFocused();
    await expect(skip).toBeInViewport();

    const link = page.getByRole("banner").getByRole("link", { name: "Log in" });
    await openMenuIfFolded(page, link);
    await tabTo(page, link);
    await page.keyboard.press("Enter");
    await page.waitForURL("/login");

    const form = loginForm(page);
    await tabTo(page, form.getByLabel("User name or e-mail"));
    await page.keyboard.type(ada.username);
    await tabTo(page, form.getByLabel("Password", { exact: true }));
    await page.keyboard.type(ada.password);
    await page.keyboard.press("Enter");
    await expectSignedIn(page, ada);
    await logOutByKeyboard(page);
  },
);

test(
  "signs in at the provider and out again by keyboard alone",
  { ...everywhere, ...reachable },
  async ({ page, world }) => {
    const grace = demoPerson("grace");
    await page.goto("/login?returnTo=%2Fadmin");
    await tabTo(page, providerButton(page));
    await page.keyboard.press("Enter");
    await page.waitForURL(`${world.urls.issuer}/**`);
    await tabTo(page, page.getByLabel("User name or e-mail"));
    await page.keyboard.type(grace.username);
    await tabTo(page, page.getByLabel("Password"));
    await page.keyboard.type(grace.password);
    await page.keyboard.press("Enter");
    await page.waitForURL("/admin");
    await expect(page.getByText("This is an admin message.")).toBeVisible();
    await logOutByKeyboard(page);
  },
);

test("the skip link leads past the navigation", { ...everywhere, ...reachable }, async ({ page }) => {
  await page.goto("/sign-up");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "Sign up with Demo ID" })).toBeFocused();
});

test(
  "the fields say to password managers what they are",
  proves({ asvs: ["6.2.7"], wcag: ["1.3.5"] }),
  async ({ page }) => {
    await page.goto("/login");
    const autocomplete = (form: Locator) =>
      form
        .locator("input:not([type=hidden])")
        .evaluateAll((inputs) => inputs.map((input) => input.getAttribute("autocomplete")));
    expect(await autocomplete(loginForm(page))).toEqual(["username", "current-password"]);
    await page.goto("/sign-up");
    expect(await autocomplete(signUpForm(page))).toEqual(["username", "email", "name", "new-password"]);
  },
);
