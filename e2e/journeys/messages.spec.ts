import { demoPerson, everywhere, expect, fact, methods, proves, test, type SignedInAs } from "../fixtures";

const ways = (who: SignedInAs["who"]) => methods.map((by) => ({ who, by }));

test(
  "everybody reads the public message",
  { ...everywhere, ...proves({ row: [12], asvs: ["8.3.3"] }) },
  async ({ page }) => {
    await page.goto("/public");
    await expect(page.getByRole("heading", { level: 1, name: "Public message" })).toBeVisible();
    await expect(page.getByText("This is a public message.")).toBeVisible();
  },
);

for (const as of [...ways("ada"), ...ways("grace")])
  test.describe(`${as.who}, signed in by ${as.by}`, () => {
    test.use({ as });

    test(
      "reads the public and the protected message",
      { ...everywhere, ...proves({ row: [6, 12], asvs: ["8.3.3"] }) },
      async ({ page }) => {
        await page.goto("/public");
        await expect(page.getByText("This is a public message.")).toBeVisible();
        await page.goto("/protected");
        await expect(page.getByRole("heading", { level: 1, name: "Protected message" })).toBeVisible();
        await expect(page.getByText("This is a protected message.")).toBeVisible();
      },
    );
  });

for (const as of ways("grace"))
  test.describe(`an administrator by ${as.by}`, () => {
    test.use({ as });

    test("reads the admin message", { ...everywhere, ...proves({ row: [12, 13] }) }, async ({ page }) => {
      await page.goto("/admin");
      await expect(page).toHaveTitle("Admin · Gatehouse");
      await expect(page.getByText("This is an admin message.")).toBeVisible();
    });
  });

for (const as of [...ways("ada"), { who: "katherine", by: "password" } as const])
  test.describe(`${as.who} by ${as.by}, without the permission`, () => {
    test.use({ as });

    test(
      "gets a 403 page that names the permission and says what to do",
      { ...everywhere, ...proves({ row: [13], asvs: ["8.2.1", "8.3.1"] }) },
      async ({ page, consoleWatch }) => {
        consoleWatch.allowStatus(403);
        const response = await page.goto("/admin");
        expect(response?.status()).toBe(403);
        await expect(page).toHaveURL("/admin");
        await expect(page).toHaveTitle("Not allowed · Gatehouse");
        const main = page.getByRole("main");
        await expect(
          main.getByRole("heading", { level: 1, name: "You may not open this page" }),
        ).toBeVisible();
        await expect(main.getByText("read:admin-messages")).toBeVisible();
        await expect(main.getByText(`You are signed in as ${demoPerson(as.who).email}.`)).toBeVisible();
        await expect(main.getByText(/^Reference: \S{8,}/)).toBeVisible();
        await expect(page.getByText("This is an admin message.")).toHaveCount(0);
        await main.getByRole("link", { name: "See what you may do" }).click();
        await expect(page).toHaveURL("/profile");
      },
    );
  });

for (const as of ways("ada"))
  test.describe(`the API access of ada by ${as.by}`, () => {
    test.use({ as });

    test(
      "says what may be asked in her name, never the token",
      { ...everywhere, ...proves({ row: [12] }) },
      async ({ page, world }) => {
        await page.goto("/profile/api-access");
        await expect(fact(page, "State")).toHaveText("Ready");
        await expect(fact(page, "API")).toHaveText(world.urls.api);
        await expect(fact(page, "Audience")).toHaveText("urn:gatehouse:messages-api");
        expect(await page.content()).not.toMatch(/eyJ[\w-]{8,}\./);
      },
    );
  });
