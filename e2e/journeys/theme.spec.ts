import { type Page } from "@playwright/test";
import { everywhere, expect, openAccountMenu, proves, test } from "../fixtures";

/** How bright the page's background is, from 0 to 255. */
async function brightness(page: Page): Promise<number> {
  return page.locator("body").evaluate((body) => {
    const brush = document.createElement("canvas").getContext("2d");
    if (!brush) return Number.NaN;
    brush.fillStyle = getComputedStyle(body).backgroundColor;
    brush.fillRect(0, 0, 1, 1);
    return Math.max(...brush.getImageData(0, 0, 1, 1).data.slice(0, 3));
  });
}

const dark = 60;
const light = 220;

test("follows the device until somebody chooses", everywhere, async ({ page }) => {
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  await page.goto("/");
  const theme = page.getByRole("group", { name: "Theme" });
  await expect(theme.getByRole("button", { name: "System" })).toHaveAttribute("aria-pressed", "true");
  expect(await brightness(page)).toBeLessThan(dark);
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  expect(await brightness(page)).toBeGreaterThan(light);
});

test("a chosen theme holds on every page and through a reload", everywhere, async ({ page, context }) => {
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await page.goto("/public");
  const choose = (name: string) => page.getByRole("group", { name: "Theme" }).getByRole("button", { name });
  await choose("Dark").click();
  await expect(choose("Dark")).toHaveAttribute("aria-pressed", "true");
  await expect(page).toHaveURL("/public");
  await expect.poll(() => brightness(page)).toBeLessThan(dark);
  for (const path of ["/login", "/public"]) {
    await page.goto(path);
    expect(await brightness(page)).toBeLessThan(dark);
    await expect(page.locator('meta[name="color-scheme"]')).toHaveAttribute("content", "dark");
  }
  const [cookie] = (await context.cookies()).filter(({ name }) => name === "theme");
  expect(cookie).toMatchObject({ value: "dark", httpOnly: true, sameSite: "Lax", path: "/" });

  await choose("System").click();
  await expect(choose("System")).toHaveAttribute("aria-pressed", "true");
  await expect.poll(() => brightness(page)).toBeGreaterThan(light);
});

test.describe("somebody signed in", () => {
  test.use({ as: { who: "ada", by: "password" } });

  test(
    "chooses the theme in the account menu",
    { ...everywhere, ...proves({ row: [2] }) },
    async ({ page }) => {
      await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
      await page.goto("/profile");
      const menu = await openAccountMenu(page);
      await menu.getByRole("button", { name: "Dark" }).click();
      await expect.poll(() => brightness(page)).toBeLessThan(dark);
      await page.goto("/protected");
      expect(await brightness(page)).toBeLessThan(dark);
    },
  );
});
