import { demoPerson, everywhere, expect, expectSignedOut, proves, submitLogin, test } from "../fixtures";

for (const { path, heading } of [
  { path: "/profile?tab=claims", heading: "Grace Hopper" },
  { path: "/profile/api-access?a=1", heading: "API access" },
  { path: "/protected?q=a%26b", heading: "Protected message" },
  { path: "/admin?x=%2F%2Fevil.example", heading: "Admin message" },
  { path: "/settings/sessions?page=2", heading: "Sessions" },
])
  test(
    `${path} asks a visitor to log in and then shows itself`,
    { ...everywhere, ...proves({ row: [10], asvs: ["8.3.1"] }) },
    async ({ page }) => {
      await page.goto(path);
      await expect(page).toHaveURL(`/login?${new URLSearchParams({ returnTo: path })}`);
      await expectSignedOut(page);
      const { username, password } = demoPerson("grace");
      await submitLogin(page, username, password);
      await expect(page).toHaveURL(path);
      await expect(page.getByRole("heading", { level: 1, name: heading })).toBeVisible();
    },
  );

for (const [who, as] of [
  ["a visitor", null],
  ["somebody signed in", { who: "ada", by: "password" }],
] as const)
  test.describe(`an address without a page, for ${who}`, () => {
    test.use({ as });

    test(
      "answers 404 with a page and a way on",
      { ...everywhere, ...proves({ row: [15] }) },
      async ({ page, consoleWatch }) => {
        consoleWatch.allowStatus(404);
        const response = await page.goto("/no/such/page");
        expect(response?.status()).toBe(404);
        await expect(page).toHaveTitle("Page not found · Gatehouse");
        await expect(page.getByRole("heading", { level: 1, name: "Page not found" })).toBeVisible();
        await page.getByRole("link", { name: "Go to the home page" }).click();
        await expect(page).toHaveURL("/");
      },
    );
  });

for (const by of ["provider", "password"] as const)
  test.describe(`somebody signed in by ${by}`, () => {
    test.use({ as: { who: "ada", by } });

    test(
      "who opens the login or the sign-up page goes on",
      { ...everywhere, ...proves({ row: [3], asvs: ["3.7.2"] }) },
      async ({ page }) => {
        for (const door of ["/login", "/sign-up"]) {
          await page.goto(door);
          await expect(page).toHaveURL("/profile");
          await page.goto(`${door}?returnTo=${encodeURIComponent("/protected?colour=blue")}`);
          await expect(page).toHaveURL("/protected?colour=blue");
          await page.goto(`${door}?returnTo=${encodeURIComponent("//evil.example/")}`);
          await expect(page).toHaveURL("/profile");
        }
      },
    );
  });
