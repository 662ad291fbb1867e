import type { Page } from "@playwright/test";
import {
  everywhere,
  expect,
  expectAccessible,
  newPerson,
  proves,
  signUp,
  submitLogin,
  test,
} from "../fixtures";

const chart = (page: Page, title: string) => page.getByRole("region", { name: title, exact: true });

/** The number of a chart, as it stands over it. */
async function numberOf(page: Page, title: string): Promise<number> {
  const text = await chart(page, title).locator("h3 + p").textContent();
  return Number(text?.replaceAll(",", ""));
}

test.describe("the overview", () => {
  test.use({ as: { who: "grace", by: "password" } });

  test(
    "has a sign-up, a sign-in and a failure as soon as they have happened, in number, picture and table",
    { ...everywhere, ...proves({ row: [22] }) },
    async ({ page, otherBrowser }) => {
      await page.goto("/admin");
      await page
        .getByRole("navigation", { name: "Administration" })
        .getByRole("link", { name: "Overview" })
        .click();
      await expect(page.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();
      const titles = ["Sign-ups", "Sign-ins", "Failed sign-ins"];
      const before = await Promise.all(titles.map((title) => numberOf(page, title)));
      const elsewhere = await (await otherBrowser()).newPage();
      const person = newPerson();
      await signUp(elsewhere, person, "password");
      const stranger = await (await otherBrowser()).newPage();
      await stranger.goto("/login");
      await submitLogin(stranger, person.username, "not the password");
      await expect(stranger.getByText(/is not right\.$/)).toBeVisible();
      await page.reload();
      for (const [at, title] of titles.entries())
        expect(await numberOf(page, title), title).toBeGreaterThan(before[at]!);

      const failures = chart(page, "Failed sign-ins");
      await expect(
        failures.getByRole("img", { name: /^Failed sign-ins over time: \d+ in all/ }),
      ).toBeVisible();
      await failures.getByText("Table").click();
      const figures = failures.getByRole("table", { name: "Failed sign-ins, times in UTC" });
      await expect(figures.getByRole("row")).toHaveCount(25);
      await expect(figures.getByRole("row").last().getByRole("cell").first()).not.toHaveText("0");
    },
  );

  test.describe("on a phone of 360 pixels", () => {
    test.use({ viewport: { width: 360, height: 740 } });
    test("shows every column of a table", proves({ wcag: ["1.4.10"] }), async ({ page }) => {
      await page.goto("/admin/overview");
      const card = chart(page, "Sign-ins");
      await card.getByText("Table").click();
      const table = card.getByRole("region", { name: "Sign-ins, every figure" });
      await expect(table.getByRole("columnheader", { name: "E-mail" })).toBeInViewport({ ratio: 1 });
      expect(await table.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
    });
  });

  test("is asked for a day, a week or a month by the address", everywhere, async ({ page }) => {
    await page.goto("/admin/overview");
    const times = page.getByRole("navigation", { name: "Time" });
    await expect(times.getByRole("link", { name: "Day" })).toHaveAttribute("aria-current", "true");
    for (const [name, steps] of [
      ["Week", 7],
      ["Month", 30],
    ] as const) {
      await times.getByRole("link", { name }).click();
      await expect(page).toHaveURL(`/admin/overview?range=${name.toLowerCase()}`);
      await expect(times.getByRole("link", { name })).toHaveAttribute("aria-current", "true");
      await expect(page.getByText(/Figures reach until .+ UTC/)).toBeVisible();
      await chart(page, "Sign-ins").getByText("Table").click();
      await expect(chart(page, "Sign-ins").getByRole("row")).toHaveCount(steps + 1);
    }
    await page.goto("/admin/overview?range=<script>");
    await expect(times.getByRole("link", { name: "Day" })).toHaveAttribute("aria-current", "true");
  });

  test(
    "names the numbers that want attention first, each a way to what it counts",
    everywhere,
    async ({ page, otherBrowser }) => {
      const stranger = await (await otherBrowser()).newPage();
      const { username } = newPerson();
      for (let at = 0; at < 5; at += 1) {
        await stranger.goto("/login");
        await submitLogin(stranger, username, "not the password");
        await expect(stranger.getByText(/is not right\.$/)).toBeVisible();
      }
      const failed = page
        .getByRole("list", { name: "Wants attention" })
        .getByRole("link", { name: /failed sign-ins/ });
      await page.goto("/admin/overview");
      await failed.click();
      await expect(page).toHaveURL(/\/admin\/audit\?event=authn_login_fail&from=[\d-]+&to=[\d-]+$/);
      await expect(page.getByRole("list", { name: "Rows" }).getByRole("listitem").first()).toContainText(
        "authn_login_fail",
      );
    },
  );

  test(
    "is accessible in both themes, tables open too, and needs no sideways scrolling",
    { tag: "@phone", ...proves({ row: [22], wcag: ["2.2-AA"] }) },
    async ({ page }) => {
      await page.goto("/admin/overview?range=month");
      for (const table of await page.getByText("Table").all()) await table.click();
      await expectAccessible(page);
      const { width, shown } = await page.evaluate(() => ({
        width: document.documentElement.scrollWidth,
        shown: document.documentElement.clientWidth,
      }));
      expect(width).toBeLessThanOrEqual(shown);
    },
  );

  test("is gone through by keyboard", async ({ page }) => {
    await page.goto("/admin/overview");
    await page.getByRole("link", { name: "Week" }).focus();
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/range=week/);
    const table = chart(page, "Sign-ins").locator("summary");
    await table.focus();
    await page.keyboard.press("Enter");
    await expect(chart(page, "Sign-ins").getByRole("table")).toBeVisible();
    await page.keyboard.press("Tab");
    await expect(page.getByRole("region", { name: "Sign-ins, every figure" })).toBeFocused();
  });
});

test.describe("somebody without the permission", () => {
  test.use({ as: { who: "ada", by: "password" } });

  test(
    "is told which one is missing",
    { ...everywhere, ...proves({ asvs: ["8.2.1"] }) },
    async ({ page, consoleWatch }) => {
      consoleWatch.allowStatus(403);
      expect((await page.goto("/admin/overview"))?.status()).toBe(403);
      await expect(page.getByRole("main").getByText("read:overview")).toBeVisible();
    },
  );
});
