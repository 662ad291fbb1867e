import {
  accountButton,
  demoPerson,
  everywhere,
  expect,
  expectSignedIn,
  hydrated,
  loginForm,
  proves,
  submitLogin,
  test,
} from "../fixtures";

const ada = demoPerson("ada");
const refused = "Error: The user name, e-mail address or password is not right.";

for (const [what, login] of [
  ["user name", ada.username],
  ["e-mail address", ada.email],
  ["user name in capitals", ada.username.toUpperCase()],
] as const)
  test(
    `signs in by ${what} and password`,
    { ...everywhere, ...proves({ row: [1, 19] }) },
    async ({ page }) => {
      await page.goto("/login");
      await submitLogin(page, login, ada.password);
      await expectSignedIn(page, ada);
      await expect(page.getByText("With a password, on")).toBeVisible();
    },
  );

test(
  "comes back to the page asked for, query and all, even after a wrong password",
  { ...everywhere, ...proves({ row: [10, 19, 23], asvs: ["3.7.2"] }) },
  async ({ page }) => {
    await page.goto("/protected?colour=blue&n=1");
    await submitLogin(page, ada.username, "not the password");
    await expect(loginForm(page).getByText(refused)).toBeVisible();
    await submitLogin(page, ada.username, ada.password);
    await expect(page).toHaveURL("/protected?colour=blue&n=1");
    await expect(page.getByText("This is a protected message.")).toBeVisible();
  },
);

for (const [what, login] of [
  ["a wrong password", ada.username],
  ["an unknown person", "nobody-of-this-name"],
] as const)
  test(
    `says the same about ${what}, in place, and keeps the name typed`,
    { ...everywhere, ...proves({ row: [23], asvs: ["6.3.8"], wcag: ["3.3.1", "4.1.3"] }) },
    async ({ page, javaScriptEnabled }) => {
      await page.goto("/login");
      const form = loginForm(page);
      if (javaScriptEnabled) await hydrated(form);
      await submitLogin(page, login, "not the password");

      await expect(form.locator("[aria-live]")).toHaveText(refused);
      await expect(form.locator("[aria-live] :focus")).toHaveText(refused);
      await expect(page).toHaveURL("/login");
      await expect(form.getByLabel("User name or e-mail")).toHaveValue(login);
      // The server never sends a password back; what the scripts keep in the field, they keep.
      await expect(form.getByLabel("Password", { exact: true })).toHaveValue(
        javaScriptEnabled ? "not the password" : "",
      );
      await expect(accountButton(page)).toHaveCount(0);
    },
  );

const longName = "x".repeat(255);

for (const { what, login, password, nameError, passwordError } of [
  {
    what: "missing fields",
    login: "",
    password: "",
    nameError: "Enter your user name or e-mail address",
    passwordError: "Enter your password",
  },
  {
    what: "over-long fields",
    login: longName,
    password: "x".repeat(257),
    nameError: "User names and e-mail addresses have at most 254 characters",
    passwordError: "Passwords have at most 256 characters",
  },
])
  test(
    `says beside each field what is wrong with ${what}`,
    { ...everywhere, ...proves({ row: [23], asvs: ["2.2.2"], wcag: ["3.3.1", "3.3.3"] }) },
    async ({ page, javaScriptEnabled }) => {
      await page.goto("/login");
      if (javaScriptEnabled) await hydrated(loginForm(page));
      await submitLogin(page, login, password);
      const form = loginForm(page);
      const name = form.getByLabel("User name or e-mail");
      const secret = form.getByLabel("Password", { exact: true });

      await expect(name).toHaveAttribute("aria-invalid", "true");
      await expect(name).toHaveAccessibleDescription(`Error: ${nameError}`);
      await expect(secret).toHaveAttribute("aria-invalid", "true");
      await expect(secret).toHaveAccessibleDescription(`Error: ${passwordError}`);
      await expect(name).toBeFocused();
      await expect(name).toHaveValue(login);
      await expect(secret).toHaveValue(javaScriptEnabled ? password : "");
    },
  );

test(
  "says in place that the server cannot be reached, and loses nothing",
  { tag: "@phone", ...proves({ row: [23], wcag: ["4.1.3"] }) },
  async ({ page, consoleWatch }) => {
    consoleWatch.allow(/Failed to load resource: net::ERR_FAILED/);
    await page.goto("/login");
    const form = loginForm(page);
    await hydrated(form);
    await page.route("**/login", (route) =>
      route.request().method() === "POST" ? route.abort() : route.continue(),
    );
    await submitLogin(page, ada.username, ada.password);

    await expect(form.locator("[aria-live] :focus")).toContainText("The server cannot be reached.");
    await expect(form.getByLabel("User name or e-mail")).toHaveValue(ada.username);
    await expect(form.getByLabel("Password", { exact: true })).toHaveValue(ada.password);

    await page.unroute("**/login");
    await form.getByRole("button", { name: "Log in", exact: true }).click();
    await expectSignedIn(page, ada);
  },
);

test(
  "shows and hides the password, and hides it when the form is sent",
  { tag: "@phone", ...proves({ asvs: ["6.2.6"] }) },
  async ({ page }) => {
    await page.goto("/login");
    const form = loginForm(page);
    await hydrated(form);
    const secret = form.getByLabel("Password", { exact: true });
    await secret.fill("not the password");
    await form.getByRole("button", { name: "Show password" }).click();
    await expect(secret).toHaveAttribute("type", "text");
    await form.getByLabel("User name or e-mail").fill(ada.username);
    await form.getByLabel("User name or e-mail").press("Enter");
    await expect(form.getByText(refused)).toBeVisible();
    await expect(secret).toHaveAttribute("type", "password");
  },
);

test(
  "offers no button that only scripts could drive",
  { tag: "@no-scripts" },
  async ({ page, javaScriptEnabled }) => {
    await page.goto("/login");
    await expect(page.getByText("Show", { exact: true })).toBeVisible({ visible: javaScriptEnabled });
  },
);
