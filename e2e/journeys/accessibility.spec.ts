import {
  expect,
  expectAccessible,
  hydrated,
  loginForm,
  openAccountMenu,
  openTabs,
  proves,
  signUpForm,
  submitLogin,
  submitSignUp,
  test,
  type SignedInAs,
} from "../fixtures";

const wcag = { tag: "@phone", ...proves({ wcag: ["2.2-AA"] }) };

const visitor = [
  "/",
  "/public",
  "/login",
  "/login?returnTo=%2Fprofile",
  "/login?notice=signed-out",
  "/sign-up",
];
const member = ["/", "/profile", "/profile/api-access", "/protected", "/public", "/settings/sessions"];

const pages: { who: string; as: SignedInAs | null; paths: string[] }[] = [
  { who: "a visitor", as: null, paths: visitor },
  { who: "ada by provider", as: { who: "ada", by: "provider" }, paths: member },
  {
    who: "katherine by password",
    as: { who: "katherine", by: "password" },
    paths: ["/profile", "/profile/api-access"],
  },
  { who: "grace", as: { who: "grace", by: "provider" }, paths: ["/", "/admin"] },
];

for (const { who, as, paths } of pages)
  test.describe(who, () => {
    test.use({ as });
    for (const path of paths)
      test(`${path} is accessible in both themes`, wcag, async ({ page }) => {
        await page.goto(path);
        await expectAccessible(page);
      });
  });

for (const [status, path, as] of [
  [404, "/no/such/page", null],
  [403, "/admin", { who: "ada", by: "provider" }],
  [400, "/auth/error?code=invalid_request&reference=abcd1234", null],
  [409, "/auth/error?code=account_exists&reference=abcd1234", null],
  [500, "/auth/error?code=unexpected&reference=abcd1234", { who: "ada", by: "provider" }],
  [502, "/auth/error?code=provider_unavailable&reference=abcd1234", null],
  [503, "/auth/error?code=temporarily_unavailable&reference=abcd1234&from=%2Fpublic", null],
] as const)
  test.describe(`an answer with ${String(status)}`, () => {
    test.use({ as });

    test(`${path} is accessible in both themes`, wcag, async ({ page, consoleWatch }) => {
      consoleWatch.allowStatus(status);
      expect((await page.goto(path))?.status()).toBe(status);
      await expectAccessible(page);
    });
  });

test("the errors of the login form are accessible", wcag, async ({ page }) => {
  await page.goto("/login");
  const form = loginForm(page);
  await hydrated(form);
  await submitLogin(page, "", "");
  await expect(form.getByText("Enter your password")).toBeVisible();
  await expectAccessible(page);
  await submitLogin(page, "ada", "not the password");
  await expect(form.getByText(/is not right\.$/)).toBeVisible();
  await form.getByRole("button", { name: "Show password" }).click();
  await expectAccessible(page);
});

test("the errors of the sign-up form are accessible", wcag, async ({ page }) => {
  await page.goto("/sign-up");
  const form = signUpForm(page);
  await hydrated(form);
  await submitSignUp(page, { username: "", email: "", name: "x".repeat(201), password: "" });
  await expect(form.getByText("Choose a password")).toBeVisible();
  await expectAccessible(page);
});

test.describe("the menus", () => {
  test.use({ as: { who: "grace", by: "provider" } });

  test("are accessible while they are open", wcag, async ({ page }) => {
    await page.goto("/profile");
    await openAccountMenu(page);
    await expectAccessible(page);
    await page.keyboard.press("Escape");
    await openTabs(page);
    await expectAccessible(page);
  });
});
