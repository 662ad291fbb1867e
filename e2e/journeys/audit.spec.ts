import { readFile } from "node:fs/promises";
import { everywhere, expect, expectAccessible, newPerson, proves, signUp, test } from "../fixtures";

test.use({ as: { who: "grace", by: "password" } });

test(
  "the log is narrowed down, a row opens, and the address says what is shown",
  { ...everywhere, ...proves({ asvs: ["16.2.1", "16.3.1"] }) },
  async ({ page, otherBrowser }) => {
    const person = newPerson();
    const elsewhere = await (await otherBrowser()).newPage();
    await signUp(elsewhere, person, "password");
    await page.goto("/admin");
    await page
      .getByRole("navigation", { name: "Administration" })
      .getByRole("link", { name: "Audit log" })
      .click();
    await page.getByLabel("Done to").fill(person.username);
    await page.getByLabel("Event").selectOption("user_created");
    await page.getByRole("button", { name: "Show" }).click();
    await expect(page).toHaveURL(/whom=.+&event=user_created/);
    const rows = page.getByRole("list", { name: "Rows" }).getByRole("listitem");
    await expect(rows).toHaveCount(1);
    await rows.getByText("user_created").click();
    await expect(rows.getByText(person.name).last()).toBeVisible();

    await page.getByLabel("IP address").fill("=1+1");
    await page.getByRole("button", { name: "Show" }).click();
    await expect(page.getByText("Enter an IP address")).toBeVisible();
    await page.getByLabel("IP address").fill("");
    await page.getByLabel("Event").selectOption("audit_pruned");
    await page.getByRole("button", { name: "Show" }).click();
    await expect(page.getByText("Nothing matches.")).toBeVisible();
  },
);

test("the pages follow one another both ways", everywhere, async ({ page, otherBrowser }) => {
  // Thirty denials of one person an hour stand in the log.
  for (let person = 0; person < 2; person += 1) {
    const elsewhere = await (await otherBrowser()).newPage();
    await signUp(elsewhere, newPerson(), "password");
    for (let at = 0; at < 30; at += 1) await elsewhere.request.get("/admin/audit");
    await elsewhere.close();
  }
  await page.goto("/admin/audit?from=2020-01-01");
  const ids = () => page.locator("details").evaluateAll((all) => all.map((one) => one.textContent));
  const first = await ids();
  expect(first).toHaveLength(50);
  await page.getByRole("link", { name: "Older" }).click();
  await expect(page).toHaveURL(/before=/);
  const second = await ids();
  expect(first.filter((one) => second.includes(one))).toEqual([]);
  await page.getByRole("link", { name: "Newer" }).click();
  await expect(page).toHaveURL(/after=/);
  expect(await ids()).toEqual(first);
});

for (const [button, name] of [
  ["CSV", "gatehouse-audit.csv"],
  ["JSON lines", "gatehouse-audit.jsonl"],
] as const)
  test(`what is shown is downloaded as ${button}`, everywhere, async ({ page }) => {
    await page.goto("/admin/audit?event=authn_login_success&whom=grace");
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: button }).click(),
    ]);
    expect(download.suggestedFilename()).toBe(name);
    const lines = (await readFile(await download.path(), "utf8")).trim().split("\n");
    const told = button === "CSV" ? lines.slice(1) : lines;
    expect(told.length).toBeGreaterThan(0);
    for (const line of told) expect(line).toContain("authn_login_success");
    await page.goto("/admin/audit?event=audit_exported&who=grace");
    await expect(page.getByRole("list", { name: "Rows" }).getByRole("listitem").first()).toBeVisible();
  });

test("is accessible in both themes", { tag: "@phone", ...proves({ wcag: ["2.2-AA"] }) }, async ({ page }) => {
  await page.goto("/admin/audit");
  await page.locator("summary").first().click();
  await expectAccessible(page);
});

test(
  "a denied page is in the log",
  { ...everywhere, ...proves({ asvs: ["16.3.2"] }) },
  async ({ page, otherBrowser, consoleWatch }) => {
    consoleWatch.allowStatus(403);
    const person = newPerson();
    const elsewhere = await (await otherBrowser()).newPage();
    await signUp(elsewhere, person, "password");
    await elsewhere.goto("/admin/audit");
    await expect(elsewhere.getByRole("main").getByText("read:audit")).toBeVisible();
    await page.goto(`/admin/audit?who=${person.username}&event=authz_fail`);
    await expect(page.getByRole("list", { name: "Rows" }).getByRole("listitem")).toContainText("read:audit");
  },
);

test(
  "markup in what others wrote is text",
  { ...everywhere, ...proves({ asvs: ["1.2.1"] }) },
  async ({ page, otherBrowser }) => {
    const evil = `<img src=x onerror="document.title='stolen'">`;
    const person = { ...newPerson(), name: evil };
    const elsewhere = await (await otherBrowser()).newPage();
    await signUp(elsewhere, person, "password");
    await page.goto(`/admin/audit?whom=${person.username}`);
    await page.locator("summary").first().click();
    await expect(page.getByText(evil).first()).toBeVisible();
    await expect(page.getByRole("main").locator("img")).toHaveCount(0);
    await expect(page).toHaveTitle("Audit log · Gatehouse");
    await page.goto(`/admin/audit?who=${encodeURIComponent(evil)}`);
    await expect(page.getByLabel("Done by")).toHaveValue(evil);
  },
);
