import type { BrowserContext, Page } from "@playwright/test";
import {
  expect,
  expectAccessible,
  hydrated,
  letSessionBeOld,
  letSessionEnd,
  letSessionRest,
  newPerson,
  proves,
  providerButton,
  signUp,
  test,
  type Method,
  type Person,
} from "../fixtures";

const idle = 24 * 60 * 60;

/** Opens the profile settings at the clock's mercy, once the page follows its session, and types a name. */
async function openSettings(page: Page): Promise<void> {
  await page.clock.install();
  await page.addInitScript(() => {
    new BroadcastChannel("gatehouse-session").onmessage = () => {
      document.documentElement.dataset["followed"] = "yes";
    };
  });
  await page.goto("/settings/profile");
  await hydrated(page.getByRole("button", { name: "Save name" }));
  await expect(page.locator("html")).toHaveAttribute("data-followed", "yes");
  await nameField(page).fill("Typed and not saved");
}

const nameField = (page: Page) => page.getByRole("textbox", { name: /^Name/ });
const dialog = (page: Page) => page.getByRole("alertdialog");
/** One clock goes for all tabs of a browser. */
const pass = (page: Page, seconds: number) => page.clock.fastForward(seconds * 1000);

async function expectKept(page: Page): Promise<void> {
  await expect(dialog(page)).toHaveCount(0);
  await expect(nameField(page)).toHaveValue("Typed and not saved");
}

async function newcomer(page: Page, by: Method = "password"): Promise<Person> {
  const person = newPerson();
  await signUp(page, person, by);
  return person;
}

async function secondTab(context: BrowserContext): Promise<Page> {
  const other = await context.newPage();
  await openSettings(other);
  return other;
}

test(
  "a minute before the session ends a dialog says so, and one key keeps it",
  { tag: "@phone", ...proves({ asvs: ["7.3.1", "7.1.1"], wcag: ["2.2.1", "2.1.1", "2.4.3", "4.1.3"] }) },
  async ({ context, page }) => {
    await newcomer(page);
    await openSettings(page);
    await nameField(page).focus();
    await pass(page, idle - 90);
    await expect(dialog(page)).toHaveCount(0);
    await letSessionRest(context, idle - 60);

    await pass(page, 35);
    await expect(dialog(page)).toHaveAccessibleName("Are you still there?");
    await expect(dialog(page)).toHaveAccessibleDescription(/^You will be logged out in \d\d seconds\./);
    await expect(page.getByRole("button", { name: "Stay logged in" })).toBeFocused();
    await expectAccessible(page);
    await page.keyboard.press("Escape");
    await expect(dialog(page)).toBeVisible();

    const answered = page.waitForResponse("**/api/session");
    await page.keyboard.press("Enter");
    expect(await (await answered).json()).toMatchObject({ data: { idleSeconds: idle } });
    await expectKept(page);
    await expect(nameField(page)).toBeFocused();
    await pass(page, idle - 90);
    await expectKept(page);
  },
);

test(
  "a session that has ended is opened again over the page, with everything typed still there",
  { tag: "@phone", ...proves({ asvs: ["7.3.1", "14.3.1"], wcag: ["2.2.1", "3.3.1", "2.4.3"] }) },
  async ({ context, page, consoleWatch }) => {
    consoleWatch.allowStatus(401);
    const { password } = await newcomer(page);
    await openSettings(page);
    await letSessionEnd(context);
    await pass(page, idle + 1);
    await expect(dialog(page)).toHaveAccessibleName("Your session has ended");
    const field = dialog(page).getByLabel("Password", { exact: true });
    await expect(field).toBeFocused();
    await expectAccessible(page);
    // The other end of it: what was private is hidden, and not only from a mouse.
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    await expect(dialog(page)).toBeVisible();

    await field.fill("not my password at all");
    await page.keyboard.press("Enter");
    await expect(dialog(page)).toContainText("password is not right");
    await field.fill(password);
    await page.keyboard.press("Enter");
    await expectKept(page);
    await page.getByRole("button", { name: "Save name" }).click();
    await expect(page).toHaveURL(/notice=name-saved/);
    await expect(nameField(page)).toHaveValue("Typed and not saved");
  },
);

test(
  "tabs go together: what keeps one keeps the others, and a log-in in one opens all",
  proves({ asvs: ["7.3.1"], wcag: ["2.2.1"] }),
  async ({ context, page }) => {
    const { password } = await newcomer(page);
    await openSettings(page);
    const other = await secondTab(context);
    await pass(page, idle - 30);
    for (const tab of [page, other]) await expect(dialog(tab)).toHaveAccessibleName("Are you still there?");
    await page.getByRole("button", { name: "Stay logged in" }).click();
    for (const tab of [page, other]) await expectKept(tab);

    await letSessionEnd(context);
    await pass(page, idle + 1);
    for (const tab of [page, other]) await expect(dialog(tab)).toHaveAccessibleName("Your session has ended");
    await dialog(other).getByLabel("Password", { exact: true }).fill(password);
    await dialog(other).getByRole("button", { name: "Log in", exact: true }).click();
    for (const tab of [page, other]) await expectKept(tab);
  },
);

test(
  "whoever came by a provider logs in again in a new tab, and the page goes on",
  proves({ row: [1], wcag: ["2.2.1"] }),
  async ({ context, page }) => {
    await newcomer(page, "provider");
    await openSettings(page);
    await letSessionEnd(context);
    await pass(page, idle + 1);
    const opened = context.waitForEvent("page");
    await dialog(page).getByRole("link", { name: "Log in again, in a new tab" }).click();
    const tab = await opened;
    await providerButton(tab).click();
    await expect(tab).toHaveURL("/profile");
    await expectKept(page);
  },
);

test(
  "a session as old as it may be is not kept by staying, and says so",
  proves({ asvs: ["7.3.2"], wcag: ["2.2.1"] }),
  async ({ context, page }) => {
    const { password } = await newcomer(page);
    await letSessionBeOld(context, 600);
    await openSettings(page);
    await pass(page, 550);
    await expect(dialog(page)).toHaveAccessibleName("Your session is about to end");
    await page.getByRole("button", { name: "Log in again" }).click();
    await expect(dialog(page)).toHaveAccessibleName("Your session has ended");
    await dialog(page).getByLabel("Password", { exact: true }).fill(password);
    await page.keyboard.press("Enter");
    await expectKept(page);
    await pass(page, 1200);
    await expectKept(page);
  },
);

test(
  "an open page asks the server nothing, so it keeps no session alive",
  proves({ asvs: ["7.3.1"] }),
  async ({ page }) => {
    await newcomer(page);
    await openSettings(page);
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    for (let hour = 0; hour < 23; hour += 1) await pass(page, 60 * 60);
    await pass(page, 3570);
    await expect(dialog(page)).toBeVisible();
    expect(asked).toEqual([]);
  },
);
