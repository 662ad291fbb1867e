import {
  everywhere,
  expect,
  expectPasswordAsked,
  expectSignedIn,
  expectSignedOut,
  logOut,
  methods,
  newPerson,
  openAccountMenu,
  proves,
  providerButton,
  signUp,
  test,
} from "../fixtures";

for (const by of methods)
  test(
    `logging out ends a session begun by ${by}`,
    { ...everywhere, ...proves({ row: [1, 9], asvs: ["7.4.1", "7.4.4"] }) },
    async ({ page }) => {
      await signUp(page, newPerson(), by);
      for (const path of ["/profile", "/protected", "/public", "/settings/sessions"]) {
        await page.goto(path);
        const menu = await openAccountMenu(page);
        await expect(menu.getByRole("button", { name: "Log out", exact: true })).toBeVisible();
      }
      await page.goto("/profile");
      await logOut(page);
      await page.goto("/profile");
      await expect(page).toHaveURL("/login?returnTo=%2Fprofile");
    },
  );

test(
  "logging out ends the provider's session too: the next sign-in asks for the password",
  { ...everywhere, ...proves({ row: [9], asvs: ["7.6.1"] }) },
  async ({ page }) => {
    await signUp(page, newPerson(), "provider");
    await logOut(page);
    await expectPasswordAsked(page);
  },
);

test(
  "logging out here only leaves the provider's session: the next sign-in asks nothing",
  { ...everywhere, ...proves({ row: [9], asvs: ["7.6.1"] }) },
  async ({ page }) => {
    const person = newPerson();
    await signUp(page, person, "provider");
    const menu = await openAccountMenu(page);
    await expect(menu.getByRole("button", { name: "Log out here only" })).toHaveAccessibleDescription(
      "You stay signed in at Demo ID.",
    );
    await page.keyboard.press("Escape");
    await logOut(page, "here only");

    await page.goto("/login");
    await providerButton(page).click();
    await expectSignedIn(page, person);
  },
);

test(
  "somebody with a password has one way to log out",
  { tag: "@no-scripts", ...proves({ row: [9] }) },
  async ({ page }) => {
    await signUp(page, newPerson(), "password");
    const menu = await openAccountMenu(page);
    await expect(menu.getByRole("button", { name: /^Log out/ })).toHaveText(["Log out"]);
  },
);

test(
  "logging out leaves the provider's sessions in other browsers alone",
  proves({ row: [9] }),
  async ({ page, otherBrowser }) => {
    const person = newPerson();
    await signUp(page, person, "provider");
    const elsewhere = await (await otherBrowser()).newPage();
    await elsewhere.goto("/login");
    await providerButton(elsewhere).click();
    await elsewhere
      .getByLabel("User name or e-mail")
      .and(elsewhere.locator("#username"))
      .fill(person.username);
    await elsewhere.locator("#password").fill(person.password);
    await elsewhere.getByRole("button", { name: "Log in" }).click();
    await expectSignedIn(elsewhere, person);

    await logOut(page);
    await elsewhere.goto("/protected");
    await expect(elsewhere.getByText("This is a protected message.")).toBeVisible();
  },
);

for (const by of methods)
  test(
    `the other tabs leave when one logs out (${by})`,
    { tag: "@phone", ...proves({ row: [9], asvs: ["14.3.1"] }) },
    async ({ context, page }) => {
      await signUp(page, newPerson(), by);
      const other = await context.newPage();
      await other.goto("/protected");
      await expect(other.getByText("This is a protected message.")).toBeVisible();

      await logOut(page);
      await expect(other).toHaveURL("/login?notice=signed-out");
      await expect(other.getByRole("status")).toHaveText("You are logged out.");
      await expect(other.getByText("This is a protected message.")).toHaveCount(0);
    },
  );

test(
  "the back button shows nothing private after a log-out",
  { ...everywhere, ...proves({ asvs: ["14.3.1", "14.3.2"] }) },
  async ({ page }) => {
    const person = newPerson();
    await signUp(page, person, "password");
    await page.goto("/profile");
    await page.goto("/settings/sessions");
    await logOut(page);
    for (const step of [1, 2]) {
      await page.goBack();
      await expect(page, `${String(step)} step(s) back`).toHaveURL(/\/login\?returnTo=/);
      await expectSignedOut(page);
      await expect(page.getByText(person.name)).toHaveCount(0);
    }
  },
);

test(
  "a provider's answer to a log-out that nobody asked for is not believed",
  proves({ row: [9] }),
  async ({ page, consoleWatch }) => {
    consoleWatch.allowStatus(400);
    const response = await page.goto("/auth/signed-out?state=made-up");
    expect(response?.status()).toBe(400);
    await expect(page.getByText("The identity provider's answer did not match")).toBeVisible();
  },
);
