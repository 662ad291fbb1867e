import {
  confirmAddress,
  demoPerson,
  everywhere,
  expect,
  expectSignedIn,
  fact,
  hydrated,
  logOut,
  mailTo,
  newPerson,
  proves,
  signIn,
  signUp,
  signUpForm,
  submitSignUp,
  test,
  type Person,
} from "../fixtures";

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

test(
  "a taken user name is refused beside its field, and another one is not",
  { ...everywhere, ...proves({ row: [23, 25] }) },
  async ({ page }) => {
    const person = newPerson();
    await page.goto("/sign-up");
    await submitSignUp(page, { ...person, username: ada.username.toUpperCase() });
    const field = signUpForm(page).getByLabel("User name", { exact: true });
    await expect(field).toHaveAccessibleDescription(/Error: This user name is taken/);
    await expect(field).toBeFocused();
    await submitSignUp(page, person);
    await expectSignedIn(page, person);
  },
);

test(
  "an address that is known gets the answer of one that is not; its owner gets a mail that says so",
  { ...everywhere, ...proves({ row: [25], asvs: ["6.3.8"] }) },
  async ({ page }) => {
    const person = newPerson();
    const owner = newPerson();
    await signUp(page, owner, "password");
    await confirmAddress(page, owner);
    await logOut(page);
    await page.goto("/sign-up");
    await submitSignUp(page, { ...person, email: owner.email.toUpperCase() });
    await expectSignedIn(page, person);
    await expect(fact(page, "E-mail")).toContainText("Not verified");
    await expect(page.getByText(/^Confirm your e-mail address: we sent a link to/)).toBeVisible();
    const mail = await mailTo(owner.email, "You already have an account");
    expect(mail.text).toContain(`the account ${person.username}`);
    expect(mail.text).not.toContain("token=");
    expect(mail.text).not.toContain(person.name);
  },
);

for (const [what, password, refusal] of [
  ["the user name", (person: Person) => `${person.username}!`, /made of your own name or ours/],
  ["a common password", () => "BaseballFootball", /one of the passwords that are tried first/],
  ["a repeated part", () => "opensesameopensesame", /repeats a short part of itself/],
  ["a run of keys", () => "qwertyuiopasdfgh", /runs along the alphabet, the digits or the keyboard/],
] as const)
  test(
    `a password made of ${what} is refused, and the reason is told`,
    { ...everywhere, ...proves({ asvs: ["6.1.2", "6.2.1", "6.2.4", "6.2.11"] }) },
    async ({ page }) => {
      const person = newPerson("Christine");
      await page.goto("/sign-up");
      await submitSignUp(page, { ...person, password: password(person) });
      const field = signUpForm(page).getByLabel("Password", { exact: true });
      await expect(field).toHaveAccessibleDescription(refusal);
      await submitSignUp(page, person);
      await expectSignedIn(page, person);
    },
  );

test(
  "the strength is shown while typing; pasting works, and nothing but the length is asked for",
  { tag: "@phone", ...proves({ asvs: ["6.2.5", "6.2.7", "6.2.8", "6.2.9"], wcag: ["3.3.8", "4.1.3"] }) },
  async ({ page }) => {
    await page.goto("/sign-up");
    const form = signUpForm(page);
    await hydrated(form);
    const field = form.getByLabel("Password", { exact: true });
    const strength = form.getByRole("status");
    for (const [typed, shown] of [
      ["short", "Too short"],
      ["aaaaaaaaaaaaaaaaaaa", "Easy to guess"],
      ["wind tunnel 12345", "Good"],
      ["wind tunnel and slide rule", "Strong"],
    ] as const) {
      await field.fill(typed);
      await expect(strength).toHaveText(shown);
    }
    await field.evaluate((node: HTMLInputElement) => {
      const data = new DataTransfer();
      data.setData("text/plain", "pasted");
      if (!node.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, cancelable: true })))
        throw new Error("pasting is prevented");
    });
    const person = { ...newPerson(), password: `${"long and all in lower case ".repeat(9)}0123456789abc` };
    await submitSignUp(page, person);
    await expectSignedIn(page, person);
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
