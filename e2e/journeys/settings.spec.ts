import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import sharp from "sharp";
import {
  accountButton,
  everywhere,
  expect,
  expectAccessible,
  fact,
  letConfirmationAge,
  logOut,
  newPerson,
  openAccountMenu,
  proves,
  signIn,
  signUp,
  submitLogin,
  test,
  type Person,
} from "../fixtures";

const wcag = { tag: "@phone", ...proves({ wcag: ["2.2-AA"] }) };

const picture = (color: string) =>
  sharp({ create: { width: 400, height: 300, channels: 3, background: color } })
    .jpeg()
    .toBuffer();

async function confirmForAccount(page: Page, person: Person): Promise<void> {
  await page.getByLabel("Password", { exact: true }).fill(person.password);
  await page.getByRole("button", { name: "Confirm", exact: true }).click();
  await expect(page).toHaveURL("/settings/account");
}

for (const path of ["/settings/profile", "/settings/activity", "/settings/account", "/settings/sessions"])
  test.describe(path, () => {
    test.use({ as: { who: "ada", by: "provider" } });
    test("is accessible in both themes and marked in the navigation", wcag, async ({ page }) => {
      await page.goto(path);
      const current = page.getByRole("navigation", { name: "Settings" }).locator('[aria-current="page"]');
      await expect(current).toHaveAttribute("href", path);
      await expectAccessible(page);
    });
  });

test("the name is changed, and taken away", everywhere, async ({ page }) => {
  const person = newPerson();
  await signUp(page, person, "password");
  const menu = await openAccountMenu(page);
  await menu.getByRole("link", { name: "Settings" }).click();
  await expect(page).toHaveURL("/settings/profile");

  const name = page.getByLabel("Name (optional)", { exact: true });
  await expect(name).toHaveValue(person.name);
  await name.fill("x".repeat(201));
  await page.getByRole("button", { name: "Save name" }).click();
  await expect(page.getByText("Use at most 200 characters")).toBeVisible();
  await expect(name).toHaveValue("x".repeat(201));

  await name.fill("Katherine J.");
  await page.getByRole("button", { name: "Save name" }).click();
  await expect(page.getByRole("status")).toHaveText("Your name is saved.");
  await expect(accountButton(page)).toContainText("Katherine J.");
  await name.fill("");
  await page.getByRole("button", { name: "Save name" }).click();
  await expect(accountButton(page)).toContainText(person.username);
});

test("a name chosen here is not changed by the provider's", everywhere, async ({ page }) => {
  const person = newPerson();
  await signUp(page, person, "provider");
  await page.goto("/settings/profile");
  await page.getByLabel("Name (optional)", { exact: true }).fill("My own name");
  await page.getByRole("button", { name: "Save name" }).click();
  await expect(page.getByRole("status")).toHaveText("Your name is saved.");
  await logOut(page);
  await signIn(page, { ...person, name: "My own name" }, "provider");
});

test(
  "a picture is uploaded, replaced by one from the web, and removed",
  everywhere,
  async ({ page, consoleWatch }) => {
    consoleWatch.allow(/net::ERR_/, /Failed to load resource/);
    await signUp(page, newPerson(), "password");
    await page.goto("/settings/profile");
    const file = page.getByLabel("Picture", { exact: true });
    const upload = page.getByRole("button", { name: "Upload" });
    await file.setInputFiles({ name: "me.svg", mimeType: "image/png", buffer: Buffer.from("<svg/>") });
    await upload.click();
    await expect(page.getByText("That is no JPEG, PNG or WebP picture")).toBeVisible();

    await file.setInputFiles({
      name: "me.jpg",
      mimeType: "image/jpeg",
      buffer: await picture("#336699"),
    });
    await upload.click();
    await expect(page.getByRole("status")).toHaveText("Your picture is saved.");
    const shown = page.getByRole("main").locator("img");
    await expect(shown).toHaveAttribute("src", /^\/pictures\/[0-9a-f-]{36}$/);
    expect(
      await shown.evaluate((image: HTMLImageElement) => image.decode().then(() => image.naturalWidth)),
    ).toBe(256);

    await page.getByLabel("Address", { exact: true }).fill("http://img.example.org/me.png");
    await page.getByRole("button", { name: "Use this picture" }).click();
    await expect(page.getByText("Enter an address that begins with https://")).toBeVisible();
    await page.getByLabel("Address", { exact: true }).fill("https://img.invalid/me.png");
    await page.getByRole("button", { name: "Use this picture" }).click();
    await expect(shown).toHaveAttribute("src", "https://img.invalid/me.png");

    await page.getByRole("button", { name: "Remove the picture" }).click();
    await expect(page.getByText("Without a picture we show your initials.")).toBeVisible();
    await expect(shown).toHaveCount(0);
  },
);

test(
  "activity tells what happened, page by page",
  { ...everywhere, ...proves({ asvs: ["16.2.1"] }) },
  async ({ page, otherBrowser }) => {
    const person = newPerson();
    await signUp(page, person, "password");
    const elsewhere = await (await otherBrowser()).newPage();
    await elsewhere.goto("/login");
    await submitLogin(elsewhere, person.username, "not the password at all");
    await expect(elsewhere.getByText(/is not right\.$/)).toBeVisible();
    await page.goto("/settings/activity");
    const events = page.getByRole("list", { name: "Events" }).getByRole("listitem");
    await expect(events).toHaveCount(3);
    await expect(events.nth(0)).toContainText("A sign-in failed with a password");
    await expect(events.nth(1)).toContainText("Signed in with a password");
    await expect(events.nth(1)).toContainText("This session");
    await expect(events.nth(2)).toContainText("The account was made");
  },
);

test(
  "everything is downloaded as a file, after a recent proof",
  { ...everywhere, ...proves({ asvs: ["7.5.3"] }) },
  async ({ page, context }) => {
    const person = newPerson();
    await signUp(page, person, "password");
    await letConfirmationAge(context);
    await page.goto("/settings/account");
    await page.getByRole("button", { name: "Download my data" }).click();
    await confirmForAccount(page, person);
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Download my data" }).click(),
    ]);
    expect(download.suggestedFilename()).toBe("gatehouse-data.json");
    const text = await readFile(await download.path(), "utf8");
    const data = JSON.parse(text) as Record<string, Record<string, unknown>[]>;
    expect(data["person"]).toMatchObject([{ username: person.username, email: person.email }]);
    expect(data["sessions"]).toHaveLength(1);
    expect(text).not.toContain("argon2");
  },
);

test(
  "the account is closed, and kept by logging in again",
  { ...everywhere, ...proves({ asvs: ["7.4.2", "7.5.1"] }) },
  async ({ page, context, otherBrowser }) => {
    const person = newPerson();
    await signUp(page, person, "password");
    const elsewhere = await (await otherBrowser()).newPage();
    await signIn(elsewhere, person, "password");
    await letConfirmationAge(context);
    await page.goto("/settings/account");
    const phrase = page.getByLabel("Type “delete my account”");
    await phrase.fill("yes");
    await page.getByRole("button", { name: "Delete my account" }).click();
    await expect(page.getByText("Type: delete my account")).toBeVisible();

    await phrase.fill("Delete my account");
    await page.getByRole("button", { name: "Delete my account" }).click();
    await confirmForAccount(page, person);
    await expect(phrase).toHaveValue("Delete my account");
    await page.getByRole("button", { name: "Delete my account" }).click();
    await expect(page.getByRole("status")).toContainText("will be deleted in 7 days");
    await elsewhere.goto("/profile");
    await expect(elsewhere).toHaveURL(/\/login/);

    await submitLogin(page, person.username, person.password);
    await expect(fact(page, "User name")).toHaveText(person.username);
    await page.goto("/settings/activity");
    await expect(page.getByText("You signed in again, so the account is kept")).toBeVisible();
  },
);
