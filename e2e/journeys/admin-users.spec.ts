import type { Page } from "@playwright/test";
import { everywhere, expect, expectAccessible, makeCrowd, proves, test } from "../fixtures";

const list = (page: Page) => page.getByRole("list", { name: /people|person/ }).getByRole("listitem");
const search = (page: Page) => page.getByRole("searchbox", { name: "Name, user name, e-mail or subject" });

async function find(page: Page, text: string): Promise<void> {
  await search(page).fill(text);
  await page.getByRole("button", { name: "Search" }).click();
}

test.describe("the list of people", () => {
  test.use({ as: { who: "grace", by: "password" } });

  test("finds somebody by a part of any name, and says so in the address", everywhere, async ({ page }) => {
    await page.goto("/admin/users");
    await find(page, "LOVELA");
    await expect(page).toHaveURL("/admin/users?q=LOVELA");
    const ada = list(page).filter({ hasText: "Ada Lovelace" });
    await expect(ada).toContainText("ada@");
    await expect(ada).toContainText("Password");
    await find(page, "demo|ada");
    await expect(list(page).filter({ hasText: "Ada Lovelace" })).toBeVisible();
    await expect(search(page)).toHaveValue("demo|ada");
  });

  test("is narrowed by filters, which stand in the address and in the form", everywhere, async ({ page }) => {
    await page.goto("/admin/users");
    await page.getByText("Filters and order").click();
    await page.getByLabel("Role").selectOption("admin");
    await page.getByRole("button", { name: "Show" }).click();
    await expect(page).toHaveURL("/admin/users?role=admin");
    await expect(list(page).filter({ hasText: "Grace Hopper" })).toBeVisible();
    await expect(list(page).filter({ hasText: "Ada Lovelace" })).toHaveCount(0);
    await page.getByText("Filters and order (1 set)").click();
    await expect(page.getByLabel("Role")).toHaveValue("admin");
    await page.getByRole("link", { name: "Clear" }).click();
    await expect(page).toHaveURL("/admin/users");
  });

  test("is paged in both directions", everywhere, async ({ page }) => {
    const { word } = await makeCrowd(60);
    await page.goto(`/admin/users?q=${word}&sort=name`);
    await expect(page.getByRole("heading", { name: "60 people" })).toBeVisible();
    const first = (n: string) => expect(list(page).first()).toContainText(`Person ${n} ${word}`);
    await first("001");
    await expect(list(page)).toHaveCount(25);
    await expect(page.getByRole("link", { name: "Previous" })).toHaveCount(0);
    await page.getByRole("link", { name: "Next" }).click();
    await first("026");
    await page.getByRole("link", { name: "Next" }).click();
    await first("051");
    await expect(list(page)).toHaveCount(10);
    await expect(page.getByRole("link", { name: "Next" })).toHaveCount(0);
    await page.getByRole("link", { name: "Previous" }).click();
    await first("026");
    await page.getByRole("link", { name: "Previous" }).click();
    await first("001");
  });

  test("says when nobody matches, and what helps", everywhere, async ({ page }) => {
    await page.goto("/admin/users?q=nobody-has-this-name");
    await expect(page.getByText("Nobody matches.")).toBeVisible();
    await page.getByRole("link", { name: "Show everybody" }).click();
    await expect(list(page).first()).toBeVisible();
  });

  test("shows what is wrong with a filter and leaves it out", everywhere, async ({ page }) => {
    const { word } = await makeCrowd(1);
    await page.goto(`/admin/users?q=${word}&createdFrom=tomorrow&status=odd&after=%00&sort=up`);
    await expect(page.getByText("Enter a date like 2026-04-30")).toBeVisible();
    await expect(list(page)).toHaveCount(1);
    await page.goto("/admin/users?q=%25");
    await expect(page.getByText("Search for a letter or a digit")).toBeVisible();
  });

  test(
    "is accessible in both themes",
    { tag: "@phone", ...proves({ row: [22], wcag: ["2.2-AA"] }) },
    async ({ page }) => {
      await page.goto("/admin/users");
      await page.getByText("Filters and order").click();
      await expectAccessible(page);
      await page.goto("/admin/users?q=nobody-has-this-name");
      await expectAccessible(page);
    },
  );
});

test.describe("somebody without the permission", () => {
  test.use({ as: { who: "ada", by: "password" } });

  test("is told which one is missing", everywhere, async ({ page, consoleWatch }) => {
    consoleWatch.allowStatus(403);
    expect((await page.goto("/admin/users"))?.status()).toBe(403);
    await expect(page.getByText("read:users")).toBeVisible();
  });
});
