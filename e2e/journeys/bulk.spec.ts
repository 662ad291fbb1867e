import { everywhere, expect, expectAccessible, makeCrowd, proves, test } from "../fixtures";

test.use({ as: { who: "grace", by: "password" } });

test(
  "people who are ticked are suspended together, after a look at who they are",
  everywhere,
  async ({ page }) => {
    const { word } = await makeCrowd(3);
    await page.goto(`/admin/users?q=${word}`);
    await page.getByLabel(`Choose Person 001 ${word}`).check();
    await page.getByLabel(`Choose Person 003 ${word}`).check();
    await page.getByLabel("What to do").selectOption("suspend");
    await page.getByRole("button", { name: "Those ticked…" }).click();
    await expect(page.getByText("2 people will be changed")).toBeVisible();
    await expect(page.getByText(`Person 001 ${word}`)).toBeVisible();
    await page.getByRole("button", { name: "Suspend 2 people" }).click();
    await expect(page.getByText("Say why, for those who look at this account later")).toBeVisible();
    await page.getByLabel("Reason").fill("A crowd");
    await page.getByRole("button", { name: "Suspend 2 people" }).click();
    await expect(page.getByRole("progressbar")).toBeVisible();
    await expect(async () => {
      await page.reload();
      await expect(page.getByText("Done: 2 of 2 people")).toBeVisible({ timeout: 500 });
    }).toPass();
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "Download the result (CSV)" }).click();
    expect((await download).suggestedFilename()).toBe("gatehouse-people.csv");
  },
);

test("all who match are given a role", everywhere, async ({ page }) => {
  const { word } = await makeCrowd(2);
  await page.goto(`/admin/users?q=${word}`);
  await page.getByLabel("What to do").selectOption("grant-role");
  await page.getByRole("button", { name: "All 2 people…" }).click();
  await page.getByLabel("Role").selectOption("admin");
  await page.getByRole("button", { name: "Show" }).click();
  await page.getByRole("button", { name: "Give the role to 2 people" }).click();
  await expect(page.getByRole("progressbar")).toBeVisible();
  await expect(async () => {
    await page.reload();
    await expect(page.getByText("2 people given the role")).toBeVisible({ timeout: 500 });
  }).toPass();
});

test(
  "says so when nobody is ticked, and leads back to what was searched for",
  everywhere,
  async ({ page }) => {
    const { word } = await makeCrowd(1);
    await page.goto(`/admin/users?q=${word}`);
    await page.getByRole("button", { name: "Those ticked…" }).click();
    await expect(page.getByText("Nobody is ticked")).toBeVisible();
    await page.getByRole("link", { name: "Back to the list" }).click();
    await expect(page).toHaveURL(`/admin/users?q=${word}`);
  },
);

test("what was ordered is found again from the list of people", everywhere, async ({ page }) => {
  const { word } = await makeCrowd(1);
  await page.goto(`/admin/users/bulk?kind=grant-role&changedRole=admin&scope=all&q=${word}`);
  await page.getByRole("button", { name: "Give the role to 1 person" }).click();
  await expect(page.getByRole("progressbar")).toBeVisible();
  const { pathname } = new URL(page.url());
  await page.goto("/admin/users");
  await page.getByRole("link", { name: "Earlier changes to many people" }).click();
  await expect(page.getByRole("heading", { name: "Changes to many people" })).toBeVisible();
  const line = page.getByRole("listitem").filter({ has: page.locator(`a[href="${pathname}"]`) });
  await expect(line).toContainText("1 person");
  await line.getByRole("link", { name: "Give a role: admin" }).click();
  await expect(page).toHaveURL(pathname);
});

test(
  "the preview and the list of earlier changes are accessible in both themes",
  { tag: "@phone", ...proves({ wcag: ["2.2-AA"] }) },
  async ({ page }) => {
    const { word } = await makeCrowd(2);
    await page.goto(`/admin/users/bulk?kind=suspend&scope=all&q=${word}`);
    await expectAccessible(page);
    await page.goto("/admin/users/bulk");
    await expectAccessible(page);
  },
);
