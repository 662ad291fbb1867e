import type { Page } from "@playwright/test";
import {
  demoPerson,
  everywhere,
  expect,
  expectProviderScreen,
  expectSignedIn,
  expectSignedOut,
  logInAtProvider,
  proves,
  providerButton,
  test,
} from "../fixtures";

async function begin(page: Page, returnTo: string): Promise<void> {
  await page.goto(`/login?returnTo=${encodeURIComponent(returnTo)}`);
  await providerButton(page).click();
  await expectProviderScreen(page, "Log in");
}

/** What an hour at the provider's screen does to the browser. */
const letAnHourPass = (page: Page) =>
  page.context().clearCookies({ name: /\.oidc\.(state|nonce|pkce|return)\./ });

test(
  "a login that took an hour ends at the page asked for",
  { ...everywhere, ...proves({ row: [7] }) },
  async ({ page }) => {
    await begin(page, "/protected?after=an-hour");
    await letAnHourPass(page);
    await logInAtProvider(page, demoPerson("ada"));
    await expect(page).toHaveURL("/protected?after=an-hour");
    await expect(page.getByText("This is a protected message.")).toBeVisible();
  },
);

test(
  "a login in a browser that forgot everything is explained",
  { tag: "@no-scripts", ...proves({ row: [7] }) },
  async ({ page, consoleWatch }) => {
    consoleWatch.allowStatus(400);
    await begin(page, "/protected");
    await page.context().clearCookies({ name: /\.oidc\./ });
    await logInAtProvider(page, demoPerson("ada"));
    await expect(page.getByRole("heading", { level: 1, name: "That sign-in took too long" })).toBeVisible();
    await expectSignedOut(page);
  },
);

test(
  "the first of four tabs still finishes where it began",
  proves({ row: [7] }),
  async ({ context, page }) => {
    await begin(page, "/protected?tab=1");
    for (const tab of ["2", "3", "4"]) await begin(await context.newPage(), `/protected?tab=${tab}`);
    await logInAtProvider(page, demoPerson("ada"));
    await expect(page).toHaveURL("/protected?tab=1");
  },
);

test("a button that is pressed twice signs in once", proves({ row: [7] }), async ({ page }) => {
  await page.goto("/login");
  await providerButton(page).dblclick();
  await logInAtProvider(page, demoPerson("ada"));
  await expectSignedIn(page, demoPerson("ada"));
});

test("the back button after a login leads on, not into it", proves({ row: [7] }), async ({ page }) => {
  await begin(page, "/protected");
  await logInAtProvider(page, demoPerson("ada"));
  await expect(page).toHaveURL("/protected");
  await page.goto("/login?returnTo=%2Fpublic");
  await expect(page).toHaveURL("/public");
  await page.goBack();
  await expect(page).toHaveURL("/protected");
  await expect(page.getByText("This is a protected message.")).toBeVisible();
});
