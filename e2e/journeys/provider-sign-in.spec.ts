import {
  accountButton,
  demoPerson,
  everywhere,
  expect,
  expectProviderScreen,
  expectSignedIn,
  expectSignedOut,
  logInAtProvider,
  logOut,
  newPerson,
  proves,
  providerButton,
  signIn,
  signUp,
  signUpAtProvider,
  test,
} from "../fixtures";

test(
  "signs in at the provider and comes back to the page asked for, query and all",
  { ...everywhere, ...proves({ row: [1, 7, 10], asvs: ["3.7.2"] }) },
  async ({ page }) => {
    await page.goto("/protected?colour=blue&next=%2Fpublic%3Fa%3D1");
    await expect(page).toHaveURL(/\/login\?/);
    await expect(page.getByRole("status")).toHaveText("Log in to go on to the page you asked for.");

    await providerButton(page).click();
    await logInAtProvider(page, demoPerson("ada"));

    await expect(page).toHaveURL("/protected?colour=blue&next=%2Fpublic%3Fa%3D1");
    await expect(page.getByText("This is a protected message.")).toBeVisible();
    await expect(accountButton(page)).toHaveAccessibleName("Account menu of Ada Lovelace");
  },
);

test(
  "goes to the profile when no page was asked for",
  { ...everywhere, ...proves({ row: [1, 7] }) },
  async ({ page }) => {
    await signIn(page, demoPerson("grace"), "provider");
    await expect(page.getByText("With Demo ID, on")).toBeVisible();
  },
);

test(
  "a sign-in that was cancelled at the provider comes back quietly to the login",
  { ...everywhere, ...proves({ row: [7] }) },
  async ({ page }) => {
    await page.goto("/login");
    await providerButton(page).click();
    await expectProviderScreen(page, "Log in");
    await page.getByRole("link", { name: "Cancel" }).click();

    await expect(page).toHaveURL(/\/login\b/);
    await expect(page.getByRole("status")).toHaveText("You cancelled the login. Nothing was changed.");
    await expectSignedOut(page);
  },
);

test(
  "the sign-up button lands on the provider's sign-up screen and comes back signed in",
  { ...everywhere, ...proves({ row: [1, 8] }) },
  async ({ page }) => {
    const person = newPerson();
    await page.goto("/sign-up?returnTo=%2Fprotected%3Ffrom%3Dsign-up");
    await page.getByRole("button", { name: "Sign up with Demo ID" }).click();
    await signUpAtProvider(page, person);

    await expect(page).toHaveURL("/protected?from=sign-up");
    await expect(page.getByText("This is a protected message.")).toBeVisible();
    await page.goto("/profile");
    await expectSignedIn(page, person);
  },
);

test(
  "an identity whose e-mail address belongs to somebody else is not joined to them",
  { ...everywhere, ...proves({ row: [7], asvs: ["6.8.1"] }) },
  async ({ page, consoleWatch }) => {
    consoleWatch.allowStatus(409);
    const answer = page.waitForResponse((response) => response.url().includes("code=account_exists"));
    await page.goto("/login");
    await providerButton(page).click();
    await logInAtProvider(page, demoPerson("edsger"));

    expect((await answer).status()).toBe(409);
    await expect(
      page.getByRole("heading", { level: 1, name: "You already have an account with this e-mail address" }),
    ).toBeVisible();
    await expect(page.getByText(/^Reference: \S{8,}/)).toBeVisible();
    await expectSignedOut(page);
    await page.getByRole("link", { name: "Log in the way you know" }).click();
    await expect(page).toHaveURL("/login?notice=connect&returnTo=%2Fsettings%2Fidentities%2Fconnect");
    await expect(page.getByRole("status")).toHaveText(
      "Log in the way you did before. You can then connect the identity you just used.",
    );
  },
);

test(
  "the first sign-in creates a person, the second finds them",
  proves({ row: [1, 7], asvs: ["6.8.1"] }),
  async ({ page, otherBrowser }) => {
    await signIn(page, demoPerson("alan"), "provider");
    const elsewhere = await (await otherBrowser()).newPage();
    await signIn(elsewhere, demoPerson("alan"), "provider");
    const userIdOn = async (tab: typeof page) =>
      ((await (await tab.request.get("/api/me")).json()) as { data: { userId: string } }).data.userId;
    expect(await userIdOn(elsewhere)).toBe(await userIdOn(page));

    const stranger = await (await otherBrowser()).newPage();
    await signUp(stranger, newPerson(), "provider");
    expect(await userIdOn(stranger)).not.toBe(await userIdOn(page));
  },
);

test(
  "two tabs can sign in at once and each finishes where it began",
  proves({ row: [7] }),
  async ({ context, page }) => {
    const second = await context.newPage();
    const begin = async (tab: typeof page, path: string) => {
      await tab.goto(`/login?returnTo=${encodeURIComponent(path)}`);
      await providerButton(tab).click();
      await expectProviderScreen(tab, "Log in");
    };
    await begin(page, "/protected?tab=1");
    await begin(second, "/protected?tab=2");

    await logInAtProvider(page, demoPerson("ada"));
    await expect(page).toHaveURL("/protected?tab=1");
    await logInAtProvider(second, demoPerson("ada"));
    await expect(second).toHaveURL("/protected?tab=2");
    await expect(second.getByText("This is a protected message.")).toBeVisible();
  },
);

test(
  "a sign-in begun again after a sign-out asks the provider anew",
  proves({ row: [7, 9] }),
  async ({ page }) => {
    const person = newPerson();
    await signUp(page, person, "provider");
    await logOut(page);
    await signIn(page, person, "provider");
  },
);

test("the page on the way to the provider asks for no icon that is not there", async ({ request, world }) => {
  const answer = await request.post("/auth/oidc/oidc", {
    headers: { origin: world.urls.app },
    form: { intent: "sign-in" },
  });
  expect(await answer.text()).toContain('rel="icon"');
});

for (const [what, query] of [
  ["belongs to no sign-in of this browser", "code=abc&state=not-ours"],
  ["names no sign-in at all", "code=abc"],
  ["says that something failed, for no sign-in of this browser", "error=server_error&state=not-ours"],
] as const)
  test(
    `an answer that ${what} is refused with a 400 page`,
    { tag: "@no-scripts", ...proves({ row: [7], asvs: ["10.1.2"] }) },
    async ({ page, consoleWatch }) => {
      consoleWatch.allowStatus(400);
      const response = await page.goto(`/api/auth/callback/oidc?${query}`);
      expect(response?.status()).toBe(400);
      await expect(page).toHaveURL(/\/auth\/error\?/);
      await expect(page.getByText("Error 400")).toBeVisible();
      await expect(page.getByText(/^Reference: \S{8,}/)).toBeVisible();
      await page.getByRole("link", { name: "Back to the login" }).click();
      await expect(page).toHaveURL("/login");
    },
  );
