import { everywhere, expect, expectAccessible, newPerson, proves, signUp, test } from "../fixtures";

const path = "/admin/system";

test.describe("an administrator", () => {
  test.use({ as: { who: "grace", by: "password" } });

  test(
    "sees how the site is set up, and has it looked at again",
    { ...everywhere, ...proves({ row: [14] }) },
    async ({ page, world }) => {
      await page.goto("/admin");
      const tabs = page.getByRole("navigation", { name: "Administration" });
      await tabs.getByRole("link", { name: "System" }).click();
      const group = (name: string) =>
        page.locator("details").filter({ has: page.getByRole("heading", { name, exact: true }) });
      await group("Database").locator("summary").click();
      await expect(group("Database")).toContainText("every migration is there");
      const provider = group('Provider "Demo ID" (oidc)');
      await expect(provider).toContainText(`discovery names this very issuer: ${world.urls.issuer}`);
      await expect(provider).toContainText(`${world.urls.app}/api/auth/callback/oidc`);
      await expect(group("This request")).toContainText(`this request came to AUTH_URL: ${world.urls.app}`);
      await page.getByRole("heading", { name: "Set", exact: true }).click();
      await expect(page.locator("dl").getByText("OIDC_CLIENT_ID", { exact: true })).toBeVisible();
      await page.getByRole("button", { name: "Check again" }).click();
      await page.waitForURL(`**${path}?notice=checked`);
      await expect(page.getByRole("status").filter({ hasText: /well\.$/ })).toBeVisible();
    },
  );

  test("follows a link to one group and finds it unfolded", everywhere, async ({ page }) => {
    await page.goto(`${path}#mail`);
    await expect(page.getByText("the mail server answers and lets us in")).toBeVisible();
    await expect(page.getByText("every migration is there")).toBeHidden();
  });

  test("and no secret with it", proves({ asvs: ["13.3.1", "14.2.1"] }), async ({ page, world }) => {
    await page.goto(path);
    const shown = await page.content();
    const values = ["AUTH_SECRET", "OIDC_CLIENT_SECRET", "TOKEN_ENCRYPTION_KEYS"].map(
      (name) => world.env[name]!,
    );
    const { password } = new URL(world.env["DATABASE_URL"]!);
    for (const secret of [...values, values[2]!.split(":")[1]!, password])
      expect(shown.includes(secret), "a secret is on the page").toBe(false);
  });

  test(
    `${path} is accessible in both themes, opened too`,
    { tag: "@phone", ...proves({ wcag: ["2.2-AA"] }) },
    async ({ page }) => {
      await page.goto(path);
      await expectAccessible(page);
      await page.locator("details").evaluateAll((all) => {
        for (const one of all) one.toggleAttribute("open", true);
      });
      await expectAccessible(page);
      // The cards clip what is too wide, so that the page would not scroll.
      const cut = await page
        .locator("main *")
        .evaluateAll((all) => all.filter((one) => one.getBoundingClientRect().right > innerWidth).length);
      expect(cut).toBe(0);
    },
  );
});

test(
  "somebody without the permission is told that it is read:system",
  { ...everywhere, ...proves({ asvs: ["8.2.1", "8.3.1"] }) },
  async ({ page, consoleWatch }) => {
    consoleWatch.allowStatus(403);
    await signUp(page, newPerson(), "provider");
    expect((await page.goto(path))?.status()).toBe(403);
    await expect(page.getByRole("main").getByText("read:system")).toBeVisible();
    await expect(page.getByText("Check again")).toHaveCount(0);
  },
);
