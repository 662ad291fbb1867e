import { expect, methods, signIn, demoPerson, test, proves } from "../fixtures";

for (const by of methods)
  test(`signs in by ${by}`, { tag: ["@phone", "@no-scripts"], ...proves({ row: [1] }) }, async ({ page }) => {
    await signIn(page, demoPerson("ada"), by);
    await expect(page.getByRole("button", { name: "Account menu of Ada Lovelace" })).toBeVisible();
  });

test.describe("grace", () => {
  test.use({ as: { who: "grace", by: "provider" } });
  test("reads the admin message", async ({ page }) => {
    await page.goto("/admin");
    await expect(page.getByRole("heading", { level: 1, name: "Admin message" })).toBeVisible();
  });
});
