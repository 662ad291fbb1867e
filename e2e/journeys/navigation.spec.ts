import { accountButton, everywhere, expect, openTabs, proves, test, type SignedInAs } from "../fixtures";

const people: { who: string; as: SignedInAs | null; tabs: string[] }[] = [
  { who: "a visitor", as: null, tabs: ["Profile", "Public"] },
  { who: "ada", as: { who: "ada", by: "password" }, tabs: ["Profile", "Public", "Protected"] },
  { who: "ada by provider", as: { who: "ada", by: "provider" }, tabs: ["Profile", "Public", "Protected"] },
  { who: "grace", as: { who: "grace", by: "password" }, tabs: ["Profile", "Public", "Protected", "Admin"] },
];

for (const { who, as, tabs } of people)
  test.describe(who, () => {
    test.use({ as });

    test(
      `has the tabs ${tabs.join(", ")}`,
      { ...everywhere, ...proves({ row: [2, 15] }) },
      async ({ page }) => {
        await page.goto("/");
        await expect((await openTabs(page)).getByRole("link")).toHaveText(tabs);
        await expect(page.locator('[aria-current="page"]')).toHaveCount(0);
        const signUpButton = page.getByRole("banner").getByRole("link", { name: "Sign up" });
        const logInButton = page.getByRole("banner").getByRole("link", { name: "Log in" });
        await expect(signUpButton).toBeVisible({ visible: as === null });
        await expect(logInButton).toBeVisible({ visible: as === null });
        await expect(accountButton(page)).toHaveCount(as === null ? 0 : 1);
      },
    );

    test("each page marks its own tab", { ...everywhere, ...proves({ row: [2, 15] }) }, async ({ page }) => {
      for (const tab of tabs.slice(as === null ? 1 : 0)) {
        await page.goto("/");
        await (await openTabs(page)).getByRole("link", { name: tab }).click();
        await expect(page).toHaveURL(`/${tab.toLowerCase()}`);
        const current = (await openTabs(page)).locator('[aria-current="page"]');
        await expect(current).toHaveText([tab]);
      }
    });
  });

test.describe("the home page", () => {
  test(
    "tells a visitor what this is and how to get in",
    { ...everywhere, ...proves({ row: [2] }) },
    async ({ page }) => {
      await page.goto("/");
      const main = page.getByRole("main");
      await expect(main.getByRole("heading", { level: 1 })).toHaveText(/^Sign in once/);
      await expect(main.getByRole("link", { name: "Sign up" })).toHaveAttribute("href", "/sign-up");
      await main.getByRole("link", { name: "Log in" }).click();
      await expect(page).toHaveURL("/login");
    },
  );

  for (const [who, shortcuts] of [
    ["ada", ["/profile", "/protected", "/public", "/settings/sessions"]],
    ["grace", ["/profile", "/protected", "/admin", "/public", "/settings/sessions"]],
  ] as const)
    test.describe(`for ${who}`, () => {
      test.use({ as: { who, by: "provider" } });

      test(
        "greets by name and leads to where they may go",
        { ...everywhere, ...proves({ row: [2] }) },
        async ({ page }) => {
          await page.goto("/");
          const main = page.getByRole("main");
          await expect(main.getByRole("heading", { level: 1 })).toHaveText(/^Hello, /);
          await expect(main.getByText(`${who}@example.com`)).toBeVisible();
          const links = main.getByRole("list", { name: "Shortcuts" }).getByRole("link");
          const targets = await links.evaluateAll((all) => all.map((link) => link.getAttribute("href")));
          expect(targets).toEqual(shortcuts);
          await expect(main.getByRole("link", { name: "Log in" })).toHaveCount(0);
        },
      );
    });
});
