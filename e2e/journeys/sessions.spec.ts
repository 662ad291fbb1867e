import type { Page } from "@playwright/test";
import {
  everywhere,
  expect,
  expectSignedIn,
  logOut,
  newPerson,
  proves,
  signIn,
  signUp,
  test,
} from "../fixtures";

function devices(page: Page) {
  return page.getByRole("list", { name: "Devices" }).getByRole("listitem");
}

async function expectEnded(page: Page): Promise<void> {
  await page.goto("/protected");
  await expect(page).toHaveURL(/\/login\?.*notice=session-ended/);
  await expect(page.getByRole("status")).toHaveText("Your session has ended. Log in to go on.");
}

test(
  "ends the session in another browser, which is signed out at its next request",
  { ...everywhere, ...proves({ asvs: ["7.4.2", "7.5.2"] }) },
  async ({ page, otherBrowser }) => {
    const person = newPerson();
    await signUp(page, person, "password");
    const elsewhere = await (await otherBrowser()).newPage();
    await signIn(elsewhere, person, "password");

    await page.goto("/settings/sessions");
    await expect(devices(page)).toHaveCount(2);
    const [own, other] = [devices(page).nth(0), devices(page).nth(1)];
    await expect(own).toContainText("This device");
    await expect(own).toContainText(/Chrome|Chromium/);
    await expect(own).toContainText("Signed in with a password on");
    await expect(own.getByRole("button")).toHaveCount(0);
    await expect(other).not.toContainText("This device");

    await other.getByRole("button", { name: /^End session on Chrom/ }).click();
    await expect(devices(page)).toHaveCount(1);
    await expect(page.getByText("You are signed in nowhere else.")).toBeVisible();
    await expectEnded(elsewhere);
    await page.goto("/profile");
    await expectSignedIn(page, person);
  },
);

test(
  "ends all other sessions and keeps the one in use",
  { ...everywhere, ...proves({ asvs: ["7.4.3", "7.5.2"] }) },
  async ({ page, otherBrowser }) => {
    const person = newPerson();
    await signUp(page, person, "provider");
    const others: Page[] = [];
    while (others.length < 2) {
      const tab = await (await otherBrowser()).newPage();
      await signIn(tab, person, "provider");
      others.push(tab);
    }
    await page.goto("/settings/sessions");
    await expect(devices(page)).toHaveCount(3);
    await expect(devices(page).first()).toContainText("Signed in with Demo ID on");
    await page.getByRole("button", { name: "End all other sessions" }).click();
    await expect(devices(page)).toHaveCount(1);
    for (const tab of others) await expectEnded(tab);
    await page.goto("/protected");
    await expect(page.getByText("This is a protected message.")).toBeVisible();
  },
);

test(
  "says that a session has ended",
  { ...everywhere, ...proves({ wcag: ["4.1.3"] }) },
  async ({ page, otherBrowser }) => {
    const person = newPerson();
    await signUp(page, person, "password");
    await signIn(await (await otherBrowser()).newPage(), person, "password");
    await page.goto("/settings/sessions");
    await page.getByRole("button", { name: /^End session/ }).click();
    await expect(page.getByRole("status")).toHaveText("The session has ended.");
  },
);

test(
  "nobody sees or ends the sessions of another",
  proves({ asvs: ["8.2.2"] }),
  async ({ page, otherBrowser }) => {
    const [person, neighbour] = [newPerson(), newPerson()];
    await signUp(page, person, "password");
    const elsewhere = await (await otherBrowser()).newPage();
    await signUp(elsewhere, neighbour, "password");
    await page.goto("/settings/sessions");
    await expect(devices(page)).toHaveCount(1);
  },
);

test(
  "one session that ended leaves no trace in the list",
  proves({ asvs: ["7.5.2"] }),
  async ({ page, otherBrowser }) => {
    const person = newPerson();
    await signUp(page, person, "password");
    const elsewhere = await (await otherBrowser()).newPage();
    await signIn(elsewhere, person, "password");
    await logOut(elsewhere);
    await page.goto("/settings/sessions");
    await expect(devices(page)).toHaveCount(1);
  },
);
