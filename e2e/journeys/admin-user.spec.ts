import type { Page } from "@playwright/test";
import {
  everywhere,
  expect,
  expectAccessible,
  letConfirmationAge,
  linkIn,
  makeCrowd,
  mailTo,
  newPerson,
  proves,
  signUp,
  submitLogin,
  test,
} from "../fixtures";

test.use({ as: { who: "grace", by: "password" } });

const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name });

/** Somebody new, signed in elsewhere, whose page is open here. */
async function openNewPerson(page: Page, elsewhere: Page) {
  const person = newPerson();
  await signUp(elsewhere, person, "password");
  await page.goto(`/admin/users?q=${person.username}`);
  await page.getByRole("link", { name: person.name }).click();
  await expect(page.getByRole("heading", { level: 1, name: person.name })).toBeVisible();
  return person;
}

test(
  "an administrator invites somebody, who chooses the password",
  everywhere,
  async ({ page, otherBrowser }) => {
    const { username, email, name, password } = newPerson();
    await page.goto("/admin/users");
    await page.getByRole("link", { name: "Invite somebody" }).click();
    await page.getByLabel("E-mail").fill("not an address");
    await button(page, "Send the invitation").click();
    await expect(page.getByText("Enter an e-mail address like name@example.org")).toBeVisible();
    await page.getByLabel("E-mail").fill(email);
    await page.getByLabel("User name (optional)").fill(username);
    await page.getByLabel("Name (optional)", { exact: true }).fill(name);
    await button(page, "Send the invitation").click();
    await expect(page.getByText("The invitation is on its way.")).toBeVisible();
    await expect(page.getByText(/^Invited; the link works until/)).toBeVisible();

    const theirs = await (await otherBrowser()).newPage();
    await theirs.goto(linkIn(await mailTo(email, "You are invited")));
    await theirs.getByLabel("New password", { exact: true }).fill(password);
    await button(theirs, "Change the password").click();
    await expect(theirs).toHaveURL(/\/login/);
    await submitLogin(theirs, email, password);
    await expect(theirs.getByRole("heading", { level: 1, name })).toBeVisible();
  },
);

test("a suspension ends what is open, and is lifted", everywhere, async ({ page, otherBrowser }) => {
  const theirs = await (await otherBrowser()).newPage();
  const person = await openNewPerson(page, theirs);
  await button(page, "Suspend").click();
  await expect(page.getByText("Say why, for those who look at this account later")).toBeVisible();
  await page.getByLabel("Reason").fill("They <b>sent</b> spam");
  await button(page, "Suspend").click();
  await expect(page.getByText("Suspended. They are logged out everywhere")).toBeVisible();
  await expect(page.getByText("They <b>sent</b> spam")).toBeVisible();

  await theirs.goto("/profile");
  await expect(theirs).toHaveURL(/\/login/);
  await submitLogin(theirs, person.username, person.password);
  await expect(theirs.getByText(/This account is suspended\./)).toBeVisible();

  await button(page, "Let them back in").click();
  await expect(page.getByText("They can log in again.")).toBeVisible();
  await submitLogin(theirs, person.username, person.password);
  await expect(theirs.getByRole("heading", { level: 1, name: person.name })).toBeVisible();
});

test("roles are given and taken, and count on the next click", everywhere, async ({ page, otherBrowser }) => {
  const theirs = await (await otherBrowser()).newPage();
  await openNewPerson(page, theirs);
  await button(page, "Have the address confirmed anew").or(page.getByLabel("Another role")).first().waitFor();
  await page.getByLabel("Another role").selectOption("admin");
  await button(page, "Grant").click();
  await expect(page.getByText("The role is granted.")).toBeVisible();
  const roles = page.getByRole("list", { name: "Roles" });
  await expect(roles.getByRole("listitem").filter({ hasText: "admin" })).toContainText(
    "Granted by Grace Hopper",
  );
  await theirs.goto("/profile");
  await expect(theirs.getByText("read:users").first()).toBeVisible();
  await button(page, "Take away the role admin").click();
  await expect(page.getByText("The role is taken away.")).toBeVisible();
  await theirs.goto("/profile");
  await expect(theirs.getByText("read:users")).toHaveCount(0);
});

test(
  "details are changed, a session is ended, the account is closed and kept",
  { ...everywhere, ...proves({ asvs: ["7.4.5"] }) },
  async ({ page, otherBrowser }) => {
    const theirs = await (await otherBrowser()).newPage();
    const person = await openNewPerson(page, theirs);
    const details = page.getByRole("form", { name: "Change the details" });
    await details.getByLabel("User name").fill("grace");
    await button(page, "Save").click();
    await expect(details.getByText("Somebody has that user name. Choose another")).toBeVisible();
    await details.getByLabel("User name").fill(`${person.username}-2`);
    await details.getByLabel("Name (optional)", { exact: true }).fill("Mary Winston");
    await button(page, "Save").click();
    await expect(page.getByRole("heading", { level: 1, name: "Mary Winston" })).toBeVisible();

    await button(page, /^End session/).click();
    await expect(page.getByText("Signed in nowhere.")).toBeVisible();
    await theirs.goto("/profile");
    await expect(theirs).toHaveURL(/\/login/);

    await button(page, "Start a password reset").click();
    await expect(page.getByText("A mail with a link is on its way.").first()).toBeVisible();
    await mailTo(person.email, "Choose a new password");

    await button(page, "Delete the account").click();
    await expect(page.getByText(/^Everything is deleted on/)).toBeVisible();
    await button(page, "Keep the account").click();
    await expect(page.getByText("The account is kept.")).toBeVisible();
  },
);

test(
  "what is asked without a recent proof leads through it, and keeps what was typed",
  everywhere,
  async ({ page, otherBrowser }) => {
    const admin = await otherBrowser();
    const own = await admin.newPage();
    await own.goto("/login");
    await submitLogin(own, "grace", "grace-demo-password");
    await expect(own.getByRole("heading", { level: 1, name: "Grace Hopper" })).toBeVisible();
    const { ids } = await makeCrowd(1);
    await own.goto(`/admin/users/${ids[0] ?? ""}`);
    await letConfirmationAge(admin);
    await own.getByLabel("Reason").fill("for a test");
    await button(own, "Suspend").click();
    await expect(own).toHaveURL(/\/confirm\?/);
    await own.getByLabel("Password", { exact: true }).fill("grace-demo-password");
    await own.getByRole("button", { name: "Confirm", exact: true }).click();
    await expect(own.getByLabel("Reason")).toHaveValue("for a test");
    await button(own, "Suspend").click();
    await expect(own.getByText("Suspended. They are logged out everywhere")).toBeVisible();
    await page.goto("/admin/users?status=suspended");
    await expect(page.getByRole("listitem").filter({ hasText: "Suspended" }).first()).toBeVisible();
  },
);

test("one's own page offers nothing that could lock oneself out", everywhere, async ({ page }) => {
  await page.goto("/admin/users?q=grace");
  await page.getByRole("link", { name: "Grace Hopper" }).first().click();
  await expect(page.getByText("This is you.")).toBeVisible();
  for (const name of ["Suspend", "Delete the account", "Take away", "End all sessions"])
    await expect(button(page, name)).toHaveCount(0);
});

test("nobody's id is not found", everywhere, async ({ page, consoleWatch }) => {
  consoleWatch.allowStatus(404);
  for (const id of ["00000000-0000-4000-9000-000000000000", "no-id"])
    expect((await page.goto(`/admin/users/${id}`))?.status()).toBe(404);
  await expect(page.getByText("There is nobody like that")).toBeVisible();
});

for (const path of ["/admin/users/invite", "person"])
  test(
    `${path} is accessible in both themes`,
    { tag: "@phone", ...proves({ row: [22], wcag: ["2.2-AA"] }) },
    async ({ page }) => {
      await page.goto(path === "person" ? `/admin/users/${(await makeCrowd(1)).ids[0] ?? ""}` : path);
      await expectAccessible(page);
    },
  );
