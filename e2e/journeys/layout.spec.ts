import type { Page } from "@playwright/test";
import { expect, newPerson, openTabs, proves, signUp, test } from "../fixtures";

const narrow = { width: 320, height: 640 };
const visitor = [
  "/",
  "/public",
  "/login",
  "/login/email",
  "/forgot-password",
  "/sign-up",
  "/auth/error?code=account_exists&reference=abcd1234",
];
const member = [
  "/",
  "/profile",
  "/profile/api-access",
  "/protected",
  "/settings/sessions",
  "/settings/identities",
  "/settings/profile",
  "/settings/security",
  "/settings/email",
  "/settings/activity",
  "/settings/account",
];

async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width, page.url()).toBeLessThanOrEqual(narrow.width);
}

/** Visible targets smaller than 24 by 24 pixels; links within a sentence are as high as the sentence (WCAG 2.5.8). */
async function smallTargets(page: Page): Promise<string[]> {
  return page.locator("a, button, input:not([type=hidden])").evaluateAll((elements) =>
    elements
      .filter((element) => element.checkVisibility() && getComputedStyle(element).display !== "inline")
      .map((element) => ({ element, box: element.getBoundingClientRect() }))
      .filter(
        ({ element, box }) => !element.matches(".sr-only:not(:focus)") && (box.width < 24 || box.height < 24),
      )
      .map(
        ({ element, box }) => `${element.outerHTML.slice(0, 80)} ${String(box.width)}×${String(box.height)}`,
      ),
  );
}

/** Elements that have the focus while something else covers their middle, walking backwards from the end. */
async function hiddenFocus(page: Page): Promise<string[]> {
  const hidden: string[] = [];
  await page.evaluate(() => {
    window.scrollTo(0, document.body.scrollHeight);
  });
  for (let presses = 0; presses < 20; presses += 1) {
    await page.keyboard.press("Shift+Tab");
    const covered = await page.evaluate(() => {
      const focused = document.activeElement;
      if (!focused || focused === document.body) return null;
      const { left, top, width, height } = focused.getBoundingClientRect();
      const above = document.elementFromPoint(
        left + Math.min(width / 2, innerWidth / 2),
        top + Math.min(height / 2, 40),
      );
      return above && (focused.contains(above) || above.contains(focused))
        ? null
        : focused.outerHTML.slice(0, 80);
    });
    if (covered !== null) hidden.push(covered);
  }
  return hidden;
}

test.describe("320 pixels wide", () => {
  test.use({ viewport: narrow });

  test("a visitor never scrolls sideways", proves({ wcag: ["1.4.10"] }), async ({ page, consoleWatch }) => {
    consoleWatch.allowStatus(409);
    for (const path of visitor) {
      await page.goto(path);
      await expectNoSidewaysScroll(page);
    }
    await page.goto("/");
    await openTabs(page);
    await expectNoSidewaysScroll(page);
  });

  test(
    "long names and addresses are broken, not cut off",
    proves({ wcag: ["1.4.10"] }),
    async ({ page, consoleWatch }) => {
      consoleWatch.allowStatus(403);
      const { username, password } = newPerson();
      const name = "Wolfeschlegelsteinhausenbergerdorff".repeat(5);
      await signUp(
        page,
        {
          username,
          password,
          name,
          email: `${username}.${"very-long-".repeat(4)}@${"sub.".repeat(20)}example.com`,
        },
        "password",
      );
      for (const path of [...member, "/admin"]) {
        await page.goto(path);
        await expectNoSidewaysScroll(page);
      }
      await page.getByRole("button", { name: /^Account menu/ }).click();
      await expect(page.getByRole("group", { name: "Account" })).toBeVisible();
      await expectNoSidewaysScroll(page);
    },
  );
});

for (const [who, as, paths] of [
  ["a visitor", null, visitor],
  ["somebody signed in", { who: "ada", by: "provider" }, member],
] as const)
  test.describe(`for ${who}`, () => {
    test.use({ as });

    test(
      "every target is at least 24 pixels high and wide",
      { tag: "@phone", ...proves({ wcag: ["2.5.8"] }) },
      async ({ page, consoleWatch }) => {
        consoleWatch.allowStatus(409);
        for (const path of paths) {
          await page.goto(path);
          expect.soft(await smallTargets(page), path).toEqual([]);
        }
      },
    );

    test(
      "the bar never covers what has the focus",
      { tag: "@phone", ...proves({ wcag: ["2.4.11"] }) },
      async ({ page }) => {
        for (const path of as ? ["/profile", "/"] : ["/sign-up", "/"]) {
          await page.goto(path);
          expect.soft(await hiddenFocus(page), path).toEqual([]);
        }
      },
    );
  });

/** The links of a row of tabs: which has the focus, and whether it is what one sees and hits in its middle. */
function tabsOf(page: Page, name: string) {
  return page
    .getByRole("navigation", { name })
    .getByRole("link")
    .evaluateAll((links) =>
      links.map((link) => {
        const { left, right, top, width, height } = link.getBoundingClientRect();
        const hit = document.elementFromPoint(left + width / 2, top + height / 2);
        const inSight = left >= 0 && right <= innerWidth && link.contains(hit);
        return { inSight, focused: link === document.activeElement };
      }),
    );
}

test.describe("on a phone of 360 pixels", () => {
  test.use({ viewport: { width: 360, height: 740 }, as: { who: "grace", by: "password" } });

  for (const [name, first, last] of [
    ["Administration", "/admin/overview", "/admin"],
    ["Settings", "/settings/profile", "/settings/account"],
  ] as const) {
    test(
      `the tabs of ${name} stand in one row, with the current one in sight`,
      { tag: "@no-scripts", ...proves({ wcag: ["1.4.10"] }) },
      async ({ page }) => {
        for (const path of [first, last]) {
          await page.goto(path);
          const tabs = page.getByRole("navigation", { name }).getByRole("link");
          const boxes = await Promise.all((await tabs.all()).map((tab) => tab.boundingBox()));
          expect(boxes.length).toBeGreaterThan(5);
          expect(new Set(boxes.map((box) => box?.y)).size, path).toBe(1);
          const current = page.getByRole("navigation", { name }).locator("[aria-current]");
          await expect(current).toHaveAttribute("href", path);
          await expect(current).toBeInViewport({ ratio: 1 });
        }
      },
    );

    test(
      `a tab of ${name} that has the focus lies beneath no other`,
      proves({ wcag: ["2.1.1", "2.4.11"] }),
      async ({ page }) => {
        for (const path of [first, last])
          for (const key of ["Tab", "Shift+Tab"]) {
            await page.goto(path);
            const tabs = page.getByRole("navigation", { name }).getByRole("link");
            await (key === "Tab" ? tabs.first() : tabs.last()).focus();
            const count = await tabs.count();
            for (let at = 0; at < count; at += 1) {
              const focused = (await tabsOf(page, name)).find(({ focused }) => focused);
              expect.soft(focused, `${path}, ${key} ${String(at)}`).toMatchObject({ inSight: true });
              await page.keyboard.press(key);
            }
          }
      },
    );
  }
});

test("nothing moves for somebody who wants no motion", proves({ wcag: ["2.3.3"] }), async ({ page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.goto("/login");
  const durations = await page
    .locator("a, button, input")
    .evaluateAll((elements) => elements.map((element) => getComputedStyle(element).transitionDuration));
  expect(new Set(durations)).toEqual(new Set(["0s"]));
});
