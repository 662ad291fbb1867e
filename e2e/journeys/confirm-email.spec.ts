import type { Page } from "@playwright/test";
import {
  everywhere,
  expect,
  expectAccessible,
  expectSignedIn,
  linkIn,
  logOut,
  mailTo,
  newPerson,
  proves,
  signIn,
  signUp,
  submitLogin,
  test,
} from "../fixtures";

const subject = "Confirm your e-mail address";
const banner = /^Confirm your e-mail address: we sent a link to/;

test(
  "a new person confirms the address by the link from the mail, and signs in with it from then on",
  { ...everywhere, ...proves({ row: [25], asvs: ["6.4.1"] }) },
  async ({ page, world }) => {
    const person = newPerson();
    await signUp(page, person, "password");
    await expect(page.getByText(banner)).toBeVisible();
    const link = linkIn(await mailTo(person.email, subject));

    // A mail program that opens every link uses nothing up, signed in or not.
    for (const headers of [{}, { cookie: await cookiesOf(page) }])
      await fetch(new URL(link, world.urls.app), { headers, redirect: "manual" });

    await page.goto(link);
    await expect(
      page.getByText(`${person.email} will belong to your account ${person.username}.`),
    ).toBeVisible();
    await page.getByRole("button", { name: "Confirm the address" }).click();
    await expect(page.getByText(`${person.email} is confirmed.`)).toBeVisible();
    await page.goto("/profile");
    await expect(page.getByText(banner)).toHaveCount(0);

    await logOut(page);
    await page.goto("/login");
    await submitLogin(page, person.email.toUpperCase(), person.password);
    await expectSignedIn(page, person);
  },
);

test(
  "the link opens in a browser where nobody is signed in: the login comes first",
  { ...everywhere, ...proves({ row: [25] }) },
  async ({ page, otherBrowser }) => {
    const person = newPerson();
    await signUp(page, person, "password");
    const link = linkIn(await mailTo(person.email, subject));
    const other = await (await otherBrowser()).newPage();
    await other.goto(link);
    await submitLogin(other, person.username, person.password);
    await other.getByRole("button", { name: "Confirm the address" }).click();
    await expect(other.getByText(`${person.email} is confirmed.`)).toBeVisible();
  },
);

test(
  "a newer link takes the place of the one before, and a used link says so",
  { ...everywhere, ...proves({ row: [25], asvs: ["6.4.1"] }) },
  async ({ page, consoleWatch }) => {
    consoleWatch.allowStatus(400);
    const person = newPerson();
    await signUp(page, person, "password");
    const first = linkIn(await mailTo(person.email, subject));
    await page.getByRole("button", { name: "Send again" }).click();
    await expect(page.getByText("Sent. It may take a minute to arrive.")).toBeVisible();
    const second = linkIn(await mailTo(person.email, subject, 2));
    expect((await page.goto(first))?.status()).toBe(400);
    await expect(page.getByRole("heading", { name: "This link no longer works" })).toBeVisible();
    await page.goto(second);
    await page.getByRole("button", { name: "Confirm the address" }).click();
    await expect(page.getByText(`${person.email} is confirmed.`)).toBeVisible();
    expect((await page.goto(second))?.status()).toBe(400);
  },
);

test("five mails an hour, and then a word about it", proves({ asvs: ["2.4.1"] }), async ({ page }) => {
  const person = newPerson();
  await signUp(page, person, "password");
  await page.goto("/confirm-email");
  const again = page.getByRole("button", { name: "Send the link again" });
  for (let n = 0; n < 4; n += 1) {
    await again.click();
    await expect(page.getByText("Sent. It may take a minute to arrive.")).toBeVisible();
    await page.goto("/confirm-email");
  }
  await again.click();
  await expect(page.getByText(/^Five mails went out within the last hour/)).toBeVisible();
  const newest = linkIn(await mailTo(person.email, subject, 5));
  await page.goto(newest);
  await expect(page.getByRole("button", { name: "Confirm the address" })).toBeVisible();
});

test(
  "its pages are accessible in both themes",
  { tag: "@phone", ...proves({ wcag: ["2.2-AA"] }) },
  async ({ page }) => {
    const person = newPerson();
    await signUp(page, person, "password");
    await expectAccessible(page);
    await page.goto("/confirm-email?notice=sent");
    await expectAccessible(page);
    await page.goto(linkIn(await mailTo(person.email, subject)));
    await expectAccessible(page);
  },
);

test.describe("somebody whose address the provider has proved", () => {
  test.use({ as: { who: "ada", by: "provider" } });

  test("is asked to confirm nothing", { tag: "@phone", ...proves({ row: [25] }) }, async ({ page }) => {
    await page.goto("/profile");
    await expect(page.getByText(banner)).toHaveCount(0);
    await page.goto("/confirm-email");
    await expect(page.getByText(/is confirmed\.$/)).toBeVisible();
  });
});

test(
  "somebody who is not confirmed yet still signs in by the user name",
  proves({ row: [19] }),
  async ({ page }) => {
    const person = newPerson();
    await signUp(page, person, "password");
    await logOut(page);
    await signIn(page, person, "password");
  },
);

async function cookiesOf(page: Page): Promise<string> {
  const cookies = await page.context().cookies();
  return cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
}
