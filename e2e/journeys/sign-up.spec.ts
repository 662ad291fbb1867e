import {
  demoPerson,
  expect,
  expectSignedIn,
  hydrated,
  logOut,
  newPerson,
  proves,
  signIn,
  signUpForm,
  submitSignUp,
  test,
} from "../fixtures";

const everywhere = { tag: ["@phone", "@no-scripts"] };

test(
  "a new account is signed in at once, goes on to the page asked for, and signs in again later",
  { ...everywhere, ...proves({ row: [1, 19, 25] }) },
  async ({ page }) => {
    const person = newPerson();
    await page.goto("/login?returnTo=%2Fprotected%3Fa%3Db");
    await page.getByRole("main").getByRole("link", { name: "Sign up" }).click();
    await submitSignUp(page, person);
    await expect(page).toHaveURL("/protected?a=b");
    await expect(page.getByText("This is a protected message.")).toBeVisible();

    await logOut(page);
    await signIn(page, person, "password");
    await expect(page.getByText("Not verified")).toBeVisible();
  },
);

test("the name may be left out", proves({ row: [25] }), async ({ page }) => {
  const person = newPerson();
  await page.goto("/sign-up");
  await submitSignUp(page, { ...person, name: "" });
  await expectSignedIn(page, { name: person.username });
});

test(
  "says beside each field what is wrong, and keeps what was typed",
  { ...everywhere, ...proves({ row: [23], asvs: ["2.2.2", "6.2.1"], wcag: ["3.3.1", "3.3.3"] }) },
  async ({ page, javaScriptEnabled }) => {
    await page.goto("/sign-up");
    const form = signUpForm(page);
    if (javaScriptEnabled) await hydrated(form);
    await submitSignUp(page, {
      username: "-no",
      email: "mary at example.com",
      name: "x".repeat(201),
      password: "short password",
    });
    const field = (label: string) => form.getByLabel(label, { exact: true });
    const wrong = {
      "User name": /^Error: Use 2 to 39 letters, digits, dots, dashes or underscores/,
      "E-mail": /^Error: Enter an e-mail address like name@example\.org/,
      "Name (optional)": /^Error: Use at most 200 characters/,
      Password: /^Error: Use at least 15 characters/,
    };
    for (const [label, description] of Object.entries(wrong)) {
      await expect(field(label)).toHaveAttribute("aria-invalid", "true");
      await expect(field(label)).toHaveAccessibleDescription(description);
    }
    await expect(field("User name")).toBeFocused();
    await expect(field("User name")).toHaveValue("-no");
    await expect(field("E-mail")).toHaveValue("mary at example.com");
    await expect(field("Name (optional)")).toHaveValue("x".repeat(201));
    // The server never sends a password back; what the scripts keep in the field, they keep.
    await expect(field("Password")).toHaveValue(javaScriptEnabled ? "short password" : "");
  },
);

test(
  "missing fields are named, and the focus goes to the first of them",
  { ...everywhere, ...proves({ row: [23], wcag: ["3.3.1"] }) },
  async ({ page }) => {
    await page.goto("/sign-up");
    const form = signUpForm(page);
    const { username } = newPerson();
    await submitSignUp(page, { username, email: "", name: "", password: "" });
    await expect(form.getByLabel("E-mail")).toBeFocused();
    await expect(form.getByLabel("E-mail")).toHaveAccessibleDescription(/Enter an e-mail address/);
    await expect(form.getByLabel("Password", { exact: true })).toHaveAccessibleDescription(
      /Choose a password/,
    );
    await expect(form.getByLabel("User name")).not.toHaveAttribute("aria-invalid");
    await expect(form.getByLabel("Name (optional)", { exact: true })).not.toHaveAttribute("aria-invalid");
  },
);

const ada = demoPerson("ada");

for (const { what, taken, label, error } of [
  { what: "user name", taken: { username: "ADA" }, label: "User name", error: "This user name is taken" },
  {
    what: "e-mail address",
    taken: { email: ada.email.toUpperCase() },
    label: "E-mail",
    error: "This e-mail address cannot be used",
  },
])
  test(
    `a taken ${what} is refused beside its field, and another one is not`,
    { ...everywhere, ...proves({ row: [23, 25] }) },
    async ({ page }) => {
      const person = newPerson();
      await page.goto("/sign-up");
      await submitSignUp(page, { ...person, ...taken });
      const field = signUpForm(page).getByLabel(label, { exact: true });
      await expect(field).toHaveAccessibleDescription(new RegExp(`Error: ${error}`));
      await expect(field).toBeFocused();
      await submitSignUp(page, person);
      await expectSignedIn(page, person);
    },
  );

test(
  "a password made of the user name is refused",
  { tag: "@phone", ...proves({ asvs: ["6.2.1"] }) },
  async ({ page }) => {
    const person = newPerson("Christine");
    await page.goto("/sign-up");
    await submitSignUp(page, { ...person, password: `${person.username}!` });
    await expect(signUpForm(page).getByLabel("Password", { exact: true })).toHaveAccessibleDescription(
      /Choose a password that is not your user name or e-mail address/,
    );
  },
);

test(
  "says in place that the server cannot be reached, and loses nothing",
  { tag: "@phone", ...proves({ row: [23], wcag: ["4.1.3"] }) },
  async ({ page, consoleWatch }) => {
    consoleWatch.allow(/Failed to load resource: net::ERR_FAILED/);
    const person = newPerson();
    await page.goto("/sign-up");
    const form = signUpForm(page);
    await hydrated(form);
    await page.route("**/sign-up", (route) =>
      route.request().method() === "POST" ? route.abort() : route.continue(),
    );
    await submitSignUp(page, person);
    await expect(form.locator("[aria-live] :focus")).toContainText("The server cannot be reached.");
    await expect(form.getByLabel("Password", { exact: true })).toHaveValue(person.password);

    await page.unroute("**/sign-up");
    await form.getByRole("button", { name: "Sign up", exact: true }).click();
    await expectSignedIn(page, person);
  },
);
