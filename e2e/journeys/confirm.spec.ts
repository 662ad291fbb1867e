import type { Page } from "@playwright/test";
import {
  demoPerson,
  everywhere,
  expect,
  expectAccessible,
  expectProviderScreen,
  letConfirmationAge,
  logInAtProvider,
  newPerson,
  proves,
  signIn,
  signUp,
  test,
  type Method,
  type Person,
} from "../fixtures";

const confirmed = { ...everywhere, ...proves({ asvs: ["7.2.4", "7.5.2", "7.5.3"] }) };

const sessions = "/settings/sessions";
const heading = "Confirm that it is you";

function others(page: Page) {
  return page.getByRole("button", { name: "End all other sessions" });
}

/** Signed in twice, an hour ago in this browser, and about to end the other session. */
async function askedToConfirm(page: Page, elsewhere: Page, person: Person, by: Method): Promise<void> {
  await signUp(page, person, by);
  await signIn(elsewhere, person, by);
  await letConfirmationAge(page.context());
  await page.goto(sessions);
  await others(page).click();
  await expect(page.getByRole("heading", { level: 1, name: heading })).toBeVisible();
}

async function expectBack(page: Page): Promise<void> {
  await expect(page).toHaveURL(sessions);
  await others(page).click();
  await expect(page.getByText("You are signed in nowhere else.")).toBeVisible();
}

const cookieOf = async (page: Page) =>
  (await page.context().cookies()).find(({ name }) => name === "gatehouse.session")?.value;

test("by the password, which may be wrong once", confirmed, async ({ page, otherBrowser }) => {
  const person = newPerson();
  await askedToConfirm(page, await (await otherBrowser()).newPage(), person, "password");
  await expect(page.getByRole("button", { name: /^Confirm with/ })).toHaveCount(0);
  const before = await cookieOf(page);

  const form = page.getByRole("form", { name: "Confirm with your password" });
  await form.getByLabel("Password", { exact: true }).fill("not the password at all");
  await form.getByRole("button", { name: "Confirm", exact: true }).click();
  await expect(form.getByText("That is not your password")).toBeVisible();
  expect(await cookieOf(page)).toBe(before);

  await form.getByLabel("Password", { exact: true }).fill(person.password);
  await form.getByRole("button", { name: "Confirm", exact: true }).click();
  await expectBack(page);
  expect(await cookieOf(page)).not.toBe(before);
});

test(
  "at the provider, which asks for the password although it knows the person",
  confirmed,
  async ({ page, otherBrowser }) => {
    const person = newPerson();
    await askedToConfirm(page, await (await otherBrowser()).newPage(), person, "provider");
    await expect(page.getByLabel("Password", { exact: true })).toHaveCount(0);
    const before = await cookieOf(page);
    await page.getByRole("button", { name: "Confirm with Demo ID" }).click();
    await logInAtProvider(page, person);
    await expectBack(page);
    expect(await cookieOf(page)).not.toBe(before);
    await page.goto("/protected");
    await expect(page.getByText("This is a protected message.")).toBeVisible();
  },
);

test("given up at the provider", confirmed, async ({ page, otherBrowser }) => {
  const person = newPerson();
  await askedToConfirm(page, await (await otherBrowser()).newPage(), person, "provider");
  await page.getByRole("button", { name: "Confirm with Demo ID" }).click();
  await expectProviderScreen(page, "Log in");
  await page
    .getByRole("link", { name: /cancel/i })
    .or(page.getByRole("button", { name: /cancel/i }))
    .click();
  await expect(page.getByRole("heading", { level: 1, name: heading })).toBeVisible();
  await expect(page.getByRole("status")).toHaveText("You cancelled. Nothing was changed.");
  await page.getByRole("link", { name: "Not now" }).click();
  await expect(page.getByRole("heading", { level: 1, name: person.name })).toBeVisible();
});

test(
  "as somebody else at the provider ends where the provider logs out",
  { tag: "@phone" },
  async ({ page, otherBrowser }) => {
    const person = newPerson();
    await askedToConfirm(page, await (await otherBrowser()).newPage(), person, "provider");
    await page.getByRole("button", { name: "Confirm with Demo ID" }).click();
    await logInAtProvider(page, demoPerson("alan"));
    await expect(page).toHaveURL(/\/login\?.*returnTo=%2Fsettings%2Fsessions/);
    await expect(page.getByRole("status")).toHaveText("Your session has ended. Log in to go on.");
  },
);

test("is accessible, and comes after a login too", { tag: "@phone" }, async ({ page, context }) => {
  const person = newPerson();
  await signUp(page, person, "password");
  await letConfirmationAge(context);
  await page.goto("/confirm?returnTo=%2Fsettings%2Fsessions&notice=confirmed_too_long_ago");
  await expectAccessible(page);

  await context.clearCookies();
  await page.goto("/confirm?returnTo=%2Fsettings%2Fsessions");
  await page.getByLabel("User name or e-mail").fill(person.username);
  await page.getByLabel("Password", { exact: true }).fill(person.password);
  await page.getByRole("button", { name: "Log in", exact: true }).click();
  await expect(page).toHaveURL(sessions);
});
