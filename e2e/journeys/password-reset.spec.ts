import {
  confirmAddress,
  everywhere,
  expect,
  expectAccessible,
  expectSignedIn,
  expectSignedOut,
  hydrated,
  linkIn,
  loginForm,
  logOut,
  mailTo,
  newPerson,
  proves,
  signIn,
  signUp,
  submitLogin,
  test,
} from "../fixtures";

const subject = "Choose a new password";
const next = "a new password that nobody knows";

test(
  "somebody who forgot the password chooses a new one, and every session ends",
  { ...everywhere, ...proves({ row: [25], asvs: ["6.4.1", "6.3.7", "7.4.3"] }) },
  async ({ page, otherBrowser }) => {
    const person = newPerson();
    await signUp(page, person, "password");
    await confirmAddress(page, person);
    const elsewhere = await (await otherBrowser()).newPage();
    await signIn(elsewhere, person, "password");
    await logOut(page);

    await page.goto("/login");
    await page.getByRole("link", { name: "Forgot your password?" }).click();
    const form = page.getByRole("form", { name: "Ask for a new password" });
    await form.getByLabel("E-mail").fill(person.email);
    await form.getByRole("button", { name: "Send the link" }).click();
    await expect(page.getByRole("heading", { name: "Check your mail" })).toBeVisible();

    await page.goto(linkIn(await mailTo(person.email, subject)));
    await expect(page.getByText(`For ${person.username}. Every session of the account ends.`)).toBeVisible();
    const choose = page.getByRole("form", { name: "Choose a new password" });
    await choose.getByLabel("New password", { exact: true }).fill(`${person.username}${person.username}`);
    await choose.getByRole("button", { name: "Change the password" }).click();
    await expect(choose.getByText(/made of your own name or ours/)).toBeVisible();
    await choose.getByLabel("New password", { exact: true }).fill(next);
    await choose.getByRole("button", { name: "Change the password" }).click();
    await expect(page).toHaveURL("/login?notice=password-reset");
    await expect(page.getByText("Your password is changed, and every session has ended.")).toBeVisible();
    await expectSignedOut(page);

    await elsewhere.goto("/profile");
    await expect(elsewhere).toHaveURL(/^[^?]*\/login\?notice=session-ended/);
    await submitLogin(page, person.username, person.password);
    await expect(loginForm(page).getByText(/is not right\.$/)).toBeVisible();
    await submitLogin(page, person.email, next);
    await expectSignedIn(page, person);
    await mailTo(person.email, "Your password was changed");
  },
);

test(
  "an address that nobody has gets the same page, and an address that is none is told at the field",
  { ...everywhere, ...proves({ row: [25], asvs: ["6.3.8", "2.2.2"] }) },
  async ({ page, javaScriptEnabled }) => {
    await page.goto("/forgot-password");
    const form = page.getByRole("form", { name: "Ask for a new password" });
    if (javaScriptEnabled) await hydrated(form);
    await form.getByLabel("E-mail").fill("not an address");
    await form.getByRole("button", { name: "Send the link" }).click();
    await expect(form.getByLabel("E-mail")).toHaveAccessibleDescription(
      /Error: Enter an e-mail address like/,
    );
    await expect(form.getByLabel("E-mail")).toHaveValue("not an address");
    await form.getByLabel("E-mail").fill(newPerson().email);
    await form.getByRole("button", { name: "Send the link" }).click();
    await expect(page.getByRole("heading", { name: "Check your mail" })).toBeVisible();
  },
);

test(
  "its pages are accessible in both themes",
  { tag: "@phone", ...proves({ wcag: ["2.2-AA"] }) },
  async ({ page, consoleWatch }) => {
    consoleWatch.allowStatus(400);
    const person = newPerson();
    await signUp(page, person, "password");
    await logOut(page);
    await page.goto("/forgot-password");
    await expectAccessible(page);
    await page.getByLabel("E-mail").fill(person.email);
    await page.getByRole("button", { name: "Send the link" }).click();
    await expect(page.getByRole("heading", { name: "Check your mail" })).toBeVisible();
    await expectAccessible(page);
    await page.goto(linkIn(await mailTo(person.email, subject)));
    await page.getByLabel("New password", { exact: true }).fill("wind tunnel");
    await expectAccessible(page);
    await page.goto(`/reset-password?token=${"x".repeat(43)}`);
    await expectAccessible(page);
  },
);
