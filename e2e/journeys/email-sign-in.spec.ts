import type { Page } from "@playwright/test";
import {
  confirmAddress,
  everywhere,
  expect,
  expectAccessible,
  expectSignedIn,
  expectSignedOut,
  linkIn,
  logOut,
  mailsTo,
  newPerson,
  proves,
  signUp,
  test,
  type Person,
  type ReceivedMail,
} from "../fixtures";

/** Somebody with a proved address, signed out. */
async function provedPerson(page: Page): Promise<Person> {
  const person = newPerson();
  await signUp(page, person, "password");
  await confirmAddress(page, person);
  await logOut(page);
  return person;
}

async function askForCode(page: Page, email: string, path = "/login"): Promise<void> {
  await page.goto(path);
  await page.getByRole("main").getByRole("link", { name: "Log in by e-mail" }).click();
  await page.getByLabel("E-mail", { exact: true }).fill(email);
  await page.getByRole("button", { name: "Send the code" }).click();
  await expect(page.getByRole("heading", { name: "Check your mail" })).toBeVisible();
}

async function typeCode(page: Page, code: string): Promise<void> {
  await page.getByLabel("Code", { exact: true }).fill(code);
  await page.getByRole("button", { name: "Log in", exact: true }).click();
}

const codeOf = ({ text }: ReceivedMail): string => /^ +(\d{3} \d{3})$/m.exec(text)?.[1] ?? "";

/** The n-th mail with a code to an address. */
async function codeMail(email: string, nth = 1): Promise<ReceivedMail> {
  const withCode = async () => (await mailsTo(email)).filter((mail) => codeOf(mail) !== "");
  await expect.poll(async () => (await withCode()).length).toBeGreaterThanOrEqual(nth);
  return (await withCode()).at(-nth)!;
}

test(
  "logs in by the code from the mail, in the browser that asked for it, and comes back to the page asked for",
  { ...everywhere, ...proves({ row: [16], asvs: ["6.6.2", "6.6.3"] }) },
  async ({ page, otherBrowser, consoleWatch }) => {
    consoleWatch.allowStatus(400);
    const person = await provedPerson(page);
    await askForCode(page, person.email.toUpperCase(), "/protected?a=b");
    const mail = await codeMail(person.email);
    const code = codeOf(mail).replace(" ", "");

    // Another browser has no use for the code: it is asked for an address.
    const other = await (await otherBrowser()).newPage();
    await other.goto("/login/code");
    await expect(other).toHaveURL("/login/email");

    await typeCode(page, code === "000000" ? "111111" : "000000");
    await expect(page.getByText("That is not the code.")).toBeVisible();
    await typeCode(page, "12345");
    await expect(page.getByText("The code has six digits")).toBeVisible();
    await typeCode(page, codeOf(mail));
    await expect(page).toHaveURL("/protected?a=b");
    await page.goto("/profile");
    await expect(page.getByText("With a mail to your address, on")).toBeVisible();
    await page.goto("/settings/sessions");
    await expect(page.getByText(/a mail to your address/i).first()).toBeVisible();

    // The link of the same mail has ended with the code.
    expect((await other.goto(linkIn(mail)))?.status()).toBe(400);
  },
);

test(
  "logs in by the link in another browser, after a page that asks",
  { ...everywhere, ...proves({ row: [16], asvs: ["7.6.2"] }) },
  async ({ page, otherBrowser, world, consoleWatch }) => {
    consoleWatch.allowStatus(400);
    const person = await provedPerson(page);
    await askForCode(page, person.email);
    const link = linkIn(await codeMail(person.email));
    await fetch(new URL(link, world.urls.app));
    const other = await (await otherBrowser()).newPage();
    await other.goto(link);
    await expectSignedOut(other);
    await expect(other.getByText(`You will be logged in as ${person.username}`)).toBeVisible();
    await other.getByRole("button", { name: `Log in as ${person.username}` }).click();
    await expectSignedIn(other, person);
    expect((await page.goto(link))?.status()).toBe(400);
  },
);

test(
  "five wrong codes end the code",
  { ...everywhere, ...proves({ row: [16], asvs: ["6.6.3"] }) },
  async ({ page }) => {
    const person = await provedPerson(page);
    await askForCode(page, person.email);
    const code = codeOf(await codeMail(person.email)).replace(" ", "");
    const wrong = code === "000000" ? "111111" : "000000";
    for (let n = 0; n < 4; n += 1) {
      await typeCode(page, wrong);
      await expect(page.getByText("That is not the code.")).toBeVisible();
      await page.goto("/login/code");
    }
    await typeCode(page, wrong);
    await expect(page.getByText("This code no longer works. Have a new one sent.")).toBeVisible();
    await typeCode(page, code);
    await expect(page.getByText("This code no longer works. Have a new one sent.")).toBeVisible();
    await page.getByRole("link", { name: "Send a new code" }).click();
    await page.getByLabel("E-mail", { exact: true }).fill(person.email);
    await page.getByRole("button", { name: "Send the code" }).click();
    await expect(page.getByRole("heading", { name: "Check your mail" })).toBeVisible();
    await typeCode(page, codeOf(await codeMail(person.email, 2)));
    await expectSignedIn(page, person);
  },
);

test(
  "its pages are accessible in both themes",
  { tag: "@phone", ...proves({ wcag: ["2.2-AA"] }) },
  async ({ page }) => {
    const person = await provedPerson(page);
    await page.goto("/login/email");
    await expectAccessible(page);
    await askForCode(page, person.email);
    await expectAccessible(page);
    await page.goto(linkIn(await codeMail(person.email)));
    await expectAccessible(page);
  },
);
