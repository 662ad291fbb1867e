import type { Page } from "@playwright/test";
import {
  confirmAddress,
  everywhere,
  expect,
  expectAccessible,
  expectSignedIn,
  hydrated,
  letConfirmationAge,
  linkIn,
  logInAtProvider,
  loginForm,
  logOut,
  mailTo,
  newPerson,
  providerButton,
  proves,
  signIn,
  signUp,
  submitLogin,
  test,
} from "../fixtures";

const settings = "/settings/email";
const asked = "Confirm your new e-mail address";
const told = "Your e-mail address was changed";
const restored = "Your e-mail address is yours again";

async function askFor(page: Page, email: string): Promise<void> {
  await page.goto(settings);
  const form = page.getByRole("form", { name: "Change the address" });
  await form.getByLabel("New e-mail address").fill(email);
  await form.getByRole("button", { name: "Send the link" }).click();
  await expect(page.getByText("The link is on its way.")).toBeVisible();
}

async function changeTo(page: Page, email: string): Promise<void> {
  await askFor(page, email);
  await page.goto(linkIn(await mailTo(email, asked)));
  await page.getByRole("button", { name: "Use this address" }).click();
  await expect(page.getByText("Your address is changed.")).toBeVisible();
}

test(
  "a person changes the address: a recent proof, the link from the new one, word to the one of before",
  { ...everywhere, ...proves({ row: [25], asvs: ["6.3.7", "7.4.3", "7.5.1", "7.5.3"] }) },
  async ({ page, context, otherBrowser, world }) => {
    const person = newPerson();
    const next = newPerson().email;
    await signUp(page, person, "password");
    await confirmAddress(page, person);
    const elsewhere = await (await otherBrowser()).newPage();
    await signIn(elsewhere, person, "password");
    await letConfirmationAge(context);

    await page.goto(settings);
    await expect(page.getByText("Confirmed", { exact: true })).toBeVisible();
    await page.getByLabel("New e-mail address").fill(next);
    await page.getByRole("button", { name: "Send the link" }).click();
    await page.getByLabel("Password", { exact: true }).fill(person.password);
    await page.getByRole("button", { name: "Confirm", exact: true }).click();
    await expect(page).toHaveURL(settings);
    await expect(page.getByLabel("New e-mail address")).toHaveValue(next);
    await page.getByRole("button", { name: "Send the link" }).click();
    await expect(page.getByText("The link is on its way.")).toBeVisible();
    await expect(page.getByText(`A link went to ${next}.`)).toBeVisible();

    const link = linkIn(await mailTo(next, asked));
    // A mail program that opens every link uses nothing up, signed in or not.
    const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
    for (const headers of [{}, { cookie }])
      await fetch(new URL(link, world.urls.app), { headers, redirect: "manual" });
    await page.goto(link);
    await expect(
      page.getByText(`${next} will be the address of your account ${person.username}, in the place of`),
    ).toBeVisible();
    await page.getByRole("button", { name: "Use this address" }).click();
    await expect(page.getByText("Your address is changed. Your other sessions have ended.")).toBeVisible();
    await expect(page.getByRole("main").getByText(next)).toBeVisible();

    await elsewhere.goto("/profile");
    await expect(elsewhere).toHaveURL(/\/login\?notice=session-ended/);
    expect((await mailTo(person.email, told)).text).not.toContain(next);
    await page.goto("/settings/activity");
    await expect(page.getByText("Your e-mail address was changed")).toBeVisible();
    await logOut(page);
    await page.goto("/login");
    await submitLogin(page, next, person.password);
    await expectSignedIn(page, person);
  },
);

test(
  "whoever lost the account gets it back from the address of before, and everybody else is out",
  { ...everywhere, ...proves({ row: [25], asvs: ["6.3.7", "6.4.1", "7.4.2"] }) },
  async ({ page: attacker, otherBrowser, world, consoleWatch }) => {
    consoleWatch.allowStatus(400);
    const person = newPerson();
    await signUp(attacker, person, "password");
    await confirmAddress(attacker, person);
    await changeTo(attacker, newPerson("Mallory").email);

    const owner = await (await otherBrowser()).newPage();
    const link = linkIn(await mailTo(person.email, told));
    await fetch(new URL(link, world.urls.app), { redirect: "manual" });
    await owner.goto(link);
    await expect(owner.getByText(`You can give it back to ${person.email}.`)).toBeVisible();
    await owner.getByRole("button", { name: "Undo the change" }).click();
    await expect(owner.getByText("Your e-mail address is yours again")).toBeVisible();
    await attacker.goto("/profile");
    await expect(attacker).toHaveURL(/\/login\?notice=session-ended/);
    await submitLogin(attacker, person.username, person.password);
    await expect(loginForm(attacker).getByText(/is not right\.$/)).toBeVisible();

    await owner.goto(linkIn(await mailTo(person.email, restored)));
    const choose = owner.getByRole("form", { name: "Choose a new password" });
    await choose.getByLabel("New password", { exact: true }).fill("mine again and nobody else's");
    await choose.getByRole("button", { name: "Change the password" }).click();
    await submitLogin(owner, person.email, "mine again and nobody else's");
    await expectSignedIn(owner, person);
    expect((await owner.goto(link))?.status()).toBe(400);
    await expect(owner.getByRole("heading", { name: "This link no longer works" })).toBeVisible();
  },
);

test(
  "somebody who logs in at a provider changes the address here, and the provider's word does not change it back",
  { tag: "@phone", ...proves({ row: [25] }) },
  async ({ page }) => {
    const person = newPerson();
    const [first, next] = [newPerson().email, newPerson().email];
    await signUp(page, person, "provider");
    // The provider does not vouch for the address that it has, so nobody is told of this change.
    await changeTo(page, first);
    await changeTo(page, next);
    await logOut(page);
    await page.goto("/login");
    await providerButton(page).click();
    await logInAtProvider(page, person);
    await expectSignedIn(page, person);
    await page.goto(settings);
    await expect(page.getByRole("main").getByText(next)).toBeVisible();

    await page.goto(linkIn(await mailTo(first, told)));
    await page.getByRole("button", { name: "Undo the change" }).click();
    await expect(page.getByText("Your e-mail address is yours again")).toBeVisible();
    const { text } = await mailTo(first, restored);
    expect(text).toContain("log in as you did before");
    await page.goto("/login");
    await providerButton(page).click();
    await expectSignedIn(page, person);
    await page.goto(settings);
    await expect(page.getByRole("main").getByText(first)).toBeVisible();
  },
);

test(
  "an address that is none, and one's own, are told at the field",
  { ...everywhere, ...proves({ asvs: ["2.2.2"] }) },
  async ({ page, javaScriptEnabled }) => {
    const person = newPerson();
    await signUp(page, person, "password");
    await page.goto(settings);
    await expect(page.getByRole("link", { name: "Not confirmed" })).toBeVisible();
    const form = page.getByRole("form", { name: "Change the address" });
    if (javaScriptEnabled) await hydrated(form);
    const field = form.getByLabel("New e-mail address");
    for (const [typed, error] of [
      ["not an address", /Enter an e-mail address like/],
      [person.email.toUpperCase(), /That is your address already/],
    ] as const) {
      await field.fill(typed);
      await form.getByRole("button", { name: "Send the link" }).click();
      await expect(field).toHaveAccessibleDescription(error);
      await expect(field).toHaveValue(typed);
    }
  },
);

test(
  "its pages are accessible in both themes",
  { tag: "@phone", ...proves({ wcag: ["2.2-AA"] }) },
  async ({ page, consoleWatch }) => {
    consoleWatch.allowStatus(400);
    const person = newPerson();
    const next = newPerson().email;
    await signUp(page, person, "password");
    await confirmAddress(page, person);
    await askFor(page, next);
    await expectAccessible(page);
    await page.goto(linkIn(await mailTo(next, asked)));
    await expectAccessible(page);
    await page.getByRole("button", { name: "Use this address" }).click();
    await expect(page.getByText("Your address is changed.")).toBeVisible();
    await page.goto(linkIn(await mailTo(person.email, told)));
    await expectAccessible(page);
    await page.goto("/undo-email-change");
    await expectAccessible(page);
  },
);
