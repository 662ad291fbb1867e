import type { Page } from "@playwright/test";
import {
  confirmAddress,
  everywhere,
  expect,
  expectAccessible,
  expectProviderScreen,
  expectSignedIn,
  logInAtProvider,
  logOut,
  mailTo,
  newPerson,
  openAccountMenu,
  proves,
  signUp,
  signUpAtProvider,
  test,
  type Person,
} from "../fixtures";

const list = (page: Page) => page.getByRole("list", { name: "Connected" });

/** From the settings to the provider's sign-up screen, with an account that nobody here knows yet. */
async function connectNewAccount(page: Page, atProvider: Person): Promise<void> {
  await page.goto("/settings/identities");
  await page.getByRole("button", { name: "Connect Demo ID" }).click();
  await expectProviderScreen(page, "Log in");
  await page.getByRole("link", { name: /^Create a .* account$/ }).click();
  await signUpAtProvider(page, atProvider);
}

test(
  "somebody with a password connects an identity and logs in with it",
  { ...everywhere, ...proves({ row: [7, 11], asvs: ["6.8.1"] }) },
  async ({ page }) => {
    const [person, atProvider] = [newPerson(), newPerson("Marie")];
    await signUp(page, person, "password");
    const menu = await openAccountMenu(page);
    await menu.getByRole("link", { name: "Connected identities" }).click();
    await expect(page.getByText("None yet. You log in with your password.")).toBeVisible();

    await connectNewAccount(page, atProvider);
    await expect(page.getByRole("heading", { level: 1, name: "Connect Demo ID?" })).toBeVisible();
    await expect(page.getByText(atProvider.email)).toBeVisible();
    await expect(page.getByRole("main").getByText(person.email)).toBeVisible();
    await page.getByRole("button", { name: "Connect", exact: true }).click();
    await expect(page.getByRole("status")).toHaveText(
      "The identity is connected. You can log in with it from now on.",
    );
    await expect(list(page).getByText(atProvider.email, { exact: true })).toBeVisible();

    // The log-out leaves the provider's session alone: this session began with a password.
    await logOut(page);
    await page.goto("/login");
    await page.getByRole("button", { name: "Continue with Demo ID" }).click();
    await expectSignedIn(page, person);
    await page.goto("/settings/identities");
    await expect(list(page).getByText("Logged in with this")).toBeVisible();
  },
);

test(
  "somebody who logged in at the provider connects their second account there, which logs the first one out",
  { ...everywhere, ...proves({ row: [7, 11], asvs: ["6.8.1"] }) },
  async ({ page, javaScriptEnabled }) => {
    // The provider changes accounts on a page of its own, which a script sends on.
    const sendOn = async () => {
      if (!javaScriptEnabled) await page.getByRole("button", { name: "Continue", exact: true }).click();
    };
    const [person, second] = [newPerson(), newPerson("Marie")];
    await signUp(page, person, "provider");
    await connectNewAccount(page, second);
    await sendOn();
    await expect(page.getByRole("status")).toContainText("has logged you out here");
    await page.getByRole("button", { name: "Continue with Demo ID" }).click();
    await logInAtProvider(page, person);
    await sendOn();
    await expect(page.getByRole("heading", { level: 1, name: "Connect Demo ID?" })).toBeVisible();
    await expect(page.getByText(second.email)).toBeVisible();
    await expect(page.getByRole("main").getByText(person.name)).toBeVisible();
    await page.getByRole("button", { name: "Connect", exact: true }).click();
    await expect(list(page).getByRole("listitem")).toHaveCount(2);
  },
);

test(
  "an identity that is not wanted after all is not connected",
  { tag: "@no-scripts", ...proves({ row: [11] }) },
  async ({ page, consoleWatch }) => {
    consoleWatch.allowStatus(400);
    await signUp(page, newPerson(), "password");
    await connectNewAccount(page, newPerson("Marie"));
    await page.getByRole("button", { name: "Do not connect" }).click();
    await expect(page.getByRole("status")).toHaveText("Nothing was connected.");
    await expect(list(page)).toHaveCount(0);
    await page.goto("/settings/identities/connect");
    await expect(page.getByRole("heading", { name: "There is nothing to connect any more" })).toBeVisible();
    await page.getByRole("link", { name: "Go to your connected identities" }).click();
    await expect(page).toHaveURL("/settings/identities");
  },
);

test(
  "an identity of another account is refused with a page",
  { ...everywhere, ...proves({ row: [11], asvs: ["6.8.1"] }) },
  async ({ page, otherBrowser, consoleWatch }) => {
    consoleWatch.allowStatus(409);
    const owner = newPerson("Marie");
    await signUp(await (await otherBrowser()).newPage(), owner, "provider");
    await signUp(page, newPerson(), "password");
    await page.goto("/settings/identities");
    await page.getByRole("button", { name: "Connect Demo ID" }).click();
    await logInAtProvider(page, owner);
    await expect(
      page.getByRole("heading", { level: 1, name: "That identity belongs to another account" }),
    ).toBeVisible();
    await expect(page.getByText(/^Reference: \S{8,}/)).toBeVisible();
  },
);

test(
  "an identity is disconnected and logs in to this account no more; both are told by mail",
  { ...everywhere, ...proves({ row: [11], asvs: ["6.3.7", "6.5.6"] }) },
  async ({ page }) => {
    const [person, atProvider] = [newPerson(), newPerson("Marie")];
    await signUp(page, person, "password");
    await confirmAddress(page, person);
    await connectNewAccount(page, atProvider);
    await page.getByRole("button", { name: "Connect", exact: true }).click();
    await mailTo(person.email, "An identity was connected to your account");
    await page.getByRole("button", { name: `Disconnect Demo ID, ${atProvider.email}` }).click();
    await expect(page.getByRole("status")).toHaveText(
      "The identity is disconnected. Its sessions have ended.",
    );
    await expect(list(page)).toHaveCount(0);
    await mailTo(person.email, "An identity was disconnected from your account");

    await logOut(page);
    await page.goto("/login");
    await page.getByRole("button", { name: "Continue with Demo ID" }).click();
    await expectSignedIn(page, atProvider);
  },
);

test(
  "the only way in cannot be disconnected",
  { ...everywhere, ...proves({ row: [11] }) },
  async ({ page }) => {
    await signUp(page, newPerson(), "provider");
    await page.goto("/settings/identities");
    await expect(list(page).getByText("This is your only way to log in.")).toBeVisible();
    await expect(page.getByRole("button", { name: /^Disconnect/ })).toHaveCount(0);
  },
);

test(
  "the back button after connecting connects nothing twice",
  proves({ row: [11], asvs: ["2.3.1"] }),
  async ({ page, consoleWatch }) => {
    consoleWatch.allowStatus(400);
    await signUp(page, newPerson(), "password");
    await connectNewAccount(page, newPerson("Marie"));
    await page.getByRole("button", { name: "Connect", exact: true }).click();
    await expect(list(page).getByRole("listitem")).toHaveCount(1);
    await page.goBack();
    await expect(page.getByRole("heading", { name: "There is nothing to connect any more" })).toBeVisible();
    await page.goto("/settings/identities");
    await expect(list(page).getByRole("listitem")).toHaveCount(1);
  },
);

test(
  "the pages of connected identities are accessible in both themes",
  proves({ wcag: ["2.2-AA"] }),
  async ({ page }) => {
    await signUp(page, newPerson(), "password");
    await page.goto("/settings/identities");
    await expectAccessible(page);
    await connectNewAccount(page, newPerson("Marie"));
    await expect(page.getByRole("button", { name: "Connect", exact: true })).toBeVisible();
    await expectAccessible(page);
    await page.getByRole("button", { name: "Connect", exact: true }).click();
    await expect(list(page).getByRole("listitem")).toHaveCount(1);
    await expectAccessible(page);
  },
);
