import { randomUUID } from "node:crypto";
import {
  everywhere,
  expect,
  expectAccessible,
  letConfirmationAge,
  newPerson,
  proves,
  signUp,
  submitLogin,
  test,
} from "../fixtures";

test.describe("an administrator", () => {
  test.use({ as: { who: "grace", by: "password" } });

  test("makes a role, changes what it may do, and deletes it", everywhere, async ({ page }) => {
    const name = `crew-${randomUUID().slice(0, 8)}`;
    await page.goto("/admin");
    await page
      .getByRole("navigation", { name: "Administration" })
      .getByRole("link", { name: "Roles" })
      .click();
    const form = page.getByRole("form", { name: "Make a role" });
    await form.getByLabel("Name", { exact: true }).fill("No Such Name");
    await form.getByLabel(/^What it is for/).fill("Helps people");
    await form.getByLabel(/^read:users/).check();
    await form.getByRole("button", { name: "Make the role" }).click();
    await expect(page.getByText(/^Error: Use 2 to 39 small letters/)).toBeVisible();
    await expect(form.getByLabel(/^What it is for/)).toHaveValue("Helps people");
    await expect(form.getByLabel(/^read:users/)).toBeChecked();
    await form.getByLabel("Name", { exact: true }).fill("admin");
    await form.getByRole("button", { name: "Make the role" }).click();
    await expect(page.getByText("There is a role with this name")).toBeVisible();
    await form.getByLabel("Name", { exact: true }).fill(name);
    await form.getByRole("button", { name: "Make the role" }).click();
    await expect(page.getByRole("status")).toHaveText(/^The role is there/);

    await page.getByRole("link", { name: `Change ${name}` }).click();
    await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
    await page.getByLabel(/^read:users/).uncheck();
    await page.getByLabel(/^read:audit/).check();
    await page.getByRole("button", { name: "Save the role" }).click();
    await expect(page.getByRole("status")).toHaveText(/^The role is changed/);
    const matrix = page.getByRole("region", { name: "What each role may do" });
    const column = (await matrix.getByRole("columnheader").allTextContents()).indexOf(name);
    const cell = (permission: string) =>
      matrix.getByRole("row", { name: permission }).locator("th, td").nth(column);
    await expect(cell("read:audit")).toHaveText("yes");
    await expect(cell("read:users")).toHaveText(/no$/);

    await page.getByRole("button", { name: `Delete ${name}` }).click();
    await expect(page.getByRole("status")).toHaveText("The role is deleted.");
    await expect(page.getByRole("heading", { name })).toHaveCount(0);
  });

  test(
    "a role is made after a recent proof, and what was typed is still there",
    { ...everywhere, ...proves({ asvs: ["7.5.3"] }) },
    async ({ otherBrowser }) => {
      const name = `crew-${randomUUID().slice(0, 8)}`;
      const context = await otherBrowser();
      const page = await context.newPage();
      await page.goto("/login");
      await submitLogin(page, "grace", "grace-demo-password");
      await expect(page.getByRole("heading", { level: 1, name: "Grace Hopper" })).toBeVisible();
      const confirm = async () => {
        await expect(page).toHaveURL(/\/confirm\?/);
        await page.getByLabel("Password", { exact: true }).fill("grace-demo-password");
        await page.getByRole("button", { name: "Confirm", exact: true }).click();
      };
      await letConfirmationAge(context);
      await page.goto("/admin/roles");
      await page.getByLabel("Name", { exact: true }).fill(name);
      await page.getByLabel(/^read:users/).check();
      await page.getByRole("button", { name: "Make the role" }).click();
      await confirm();
      await expect(page.getByLabel("Name", { exact: true })).toHaveValue(name);
      await expect(page.getByLabel(/^read:users/)).toBeChecked();
      await page.getByRole("button", { name: "Make the role" }).click();
      await expect(page.getByRole("status")).toHaveText(/^The role is there/);

      await letConfirmationAge(context);
      await page.getByRole("link", { name: `Change ${name}` }).click();
      await page.getByLabel(/^read:users/).uncheck();
      await page.getByRole("button", { name: "Save the role" }).click();
      await confirm();
      await expect(page.getByLabel(/^read:users/)).not.toBeChecked();
      await page.getByRole("button", { name: "Save the role" }).click();
      await expect(page.getByRole("status")).toHaveText(/^The role is changed/);

      await letConfirmationAge(context);
      await page.getByRole("button", { name: `Delete ${name}` }).click();
      await confirm();
      await page.getByRole("button", { name: `Delete ${name}` }).click();
      await expect(page.getByRole("status")).toHaveText("The role is deleted.");
    },
  );

  for (const path of ["/admin/roles"])
    test(
      `${path} is accessible in both themes`,
      { tag: "@phone", ...proves({ wcag: ["2.2-AA"] }) },
      async ({ page }) => {
        await page.goto(path);
        await expectAccessible(page);
      },
    );
});

test(
  "somebody without the permission is told which one is missing",
  { ...everywhere, ...proves({ asvs: ["8.2.1", "8.3.1"] }) },
  async ({ page, consoleWatch }) => {
    consoleWatch.allowStatus(403);
    await signUp(page, { ...newPerson() }, "provider");
    for (const [path, permission] of [
      ["/admin/roles", "read:roles"],
      ["/admin/roles/change/admin", "manage:roles"],
    ] as const) {
      expect((await page.goto(path))?.status()).toBe(403);
      await expect(page.getByRole("main").getByText(permission)).toBeVisible();
    }
    await expect(page.getByRole("navigation", { name: "Administration" })).toHaveCount(0);
  },
);
