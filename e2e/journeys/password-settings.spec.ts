import {
  everywhere,
  expect,
  expectAccessible,
  expectSignedIn,
  letConfirmationAge,
  logInAtProvider,
  logOut,
  newPerson,
  proves,
  signIn,
  signUp,
  submitLogin,
  test,
} from "../fixtures";

const another = "eleven quiet herons at dawn";

test(
  "the password is changed with the current one, and other sessions end",
  { ...everywhere, ...proves({ asvs: ["6.2.2", "6.2.3", "7.4.3"] }) },
  async ({ page, otherBrowser }) => {
    const person = newPerson();
    await signUp(page, person, "password");
    const elsewhere = await (await otherBrowser()).newPage();
    await signIn(elsewhere, person, "password");

    await page.goto("/settings/security");
    const form = page.getByRole("form", { name: "Change the password" });
    const [current, next] = [
      form.getByLabel("Current password", { exact: true }),
      form.getByLabel("New password", { exact: true }),
    ];
    await current.fill("not the password at all");
    await next.fill(another);
    await form.getByRole("button", { name: "Change the password" }).click();
    await expect(form.getByText("That is not your password")).toBeVisible();
    await current.fill(person.password);
    await next.fill("passwordpassword");
    await form.getByRole("button", { name: "Change the password" }).click();
    await expect(form.getByText(/Choose (another|something)/)).toBeVisible();
    await current.fill(person.password);
    await next.fill(another);
    await form.getByRole("button", { name: "Change the password" }).click();
    await expect(page.getByRole("status").first()).toHaveText("Your password is changed.");

    await elsewhere.goto("/profile");
    await expect(elsewhere).toHaveURL(/\/login/);
    await logOut(page);
    await page.goto("/login");
    await submitLogin(page, person.username, person.password);
    await expect(page.getByText(/is not right\.$/)).toBeVisible();
    await submitLogin(page, person.username, another);
    await expectSignedIn(page, person);
  },
);

test(
  "other sessions stay when the person wants it so",
  { ...everywhere, ...proves({ asvs: ["7.4.3"] }) },
  async ({ page, otherBrowser }) => {
    const person = newPerson();
    await signUp(page, person, "password");
    const elsewhere = await (await otherBrowser()).newPage();
    await signIn(elsewhere, person, "password");
    await page.goto("/settings/security");
    await page.getByLabel("Current password", { exact: true }).fill(person.password);
    await page.getByLabel("New password", { exact: true }).fill(another);
    await page.getByLabel("End all my other sessions").uncheck();
    await page.getByRole("button", { name: "Change the password" }).click();
    await expect(page.getByRole("status").first()).toHaveText("Your password is changed.");
    await elsewhere.goto("/profile");
    await expectSignedIn(elsewhere, person);
  },
);

test(
  "somebody of a provider sets a first password after a recent proof",
  { ...everywhere, ...proves({ asvs: ["7.5.1"] }) },
  async ({ page, context }) => {
    const person = newPerson();
    await signUp(page, person, "provider");
    await letConfirmationAge(context);
    await page.goto("/settings/security");
    const form = page.getByRole("form", { name: "Set a password" });
    const username = form.getByLabel("User name");
    const asks = await username.isVisible();
    const send = async () => {
      await form.getByLabel("New password", { exact: true }).fill(another);
      await form.getByRole("button", { name: "Set the password" }).click();
    };
    if (asks) await username.fill(person.username);
    await send();
    await page.getByRole("button", { name: "Confirm with Demo ID" }).click();
    await logInAtProvider(page, person);
    await expect(page).toHaveURL("/settings/security");
    if (asks) await expect(username).toHaveValue(person.username);
    await expect(form.getByLabel("New password", { exact: true })).toHaveValue("");
    await send();
    await expect(page.getByRole("status").first()).toContainText("Your password is set.");
    await logOut(page);
    await page.goto("/login");
    await submitLogin(page, asks ? person.username : person.email, another);
    await expectSignedIn(page, person);
  },
);

test("the security page is accessible", { tag: "@phone" }, async ({ page }) => {
  await signUp(page, newPerson(), "password");
  await page.goto("/settings/security");
  await expectAccessible(page);
});
