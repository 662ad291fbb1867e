import {
  demoPerson,
  everywhere,
  expect,
  expectSignedIn,
  fact,
  methods,
  newPerson,
  proves,
  shownClaims,
  signUp,
  test,
} from "../fixtures";

/** Three parts of base64url with a JSON object first: a token in the shape that all of ours have. */
const jwt = /eyJ[\w-]{8,}\.[\w-]+\.[\w-]*/;

for (const by of methods)
  test.describe(`ada, signed in by ${by}`, () => {
    test.use({ as: { who: "ada", by } });

    test(
      "sees who she is, how and when she signed in",
      { ...everywhere, ...proves({ row: [1, 11] }) },
      async ({ page }) => {
        await page.goto("/profile");
        await expectSignedIn(page, demoPerson("ada"));
        await expect(page).toHaveTitle("Profile · Gatehouse");
        await expect(fact(page, "Name")).toHaveText("Ada Lovelace");
        await expect(fact(page, "Nickname")).toHaveText("ada");
        await expect(fact(page, "User name")).toHaveText("ada");
        await expect(fact(page, "E-mail")).toHaveText("ada@example.comVerified");
        await expect(fact(page, "Permissions")).toHaveText("read:messages");
        const way = by === "provider" ? "With Demo ID, on" : "With a password, on";
        await expect(fact(page, "Signed in")).toHaveText(new RegExp(`^${way} .* UTC$`));
        const signedInAt = await fact(page, "Signed in").locator("time").getAttribute("datetime");
        expect(Math.abs(Date.now() - Date.parse(signedInAt ?? ""))).toBeLessThan(15 * 60_000);
        await expect(fact(page, "Session ends")).toContainText("See all sessions");
      },
    );

    test(
      "sees the claims about her, and nothing of a token",
      { ...everywhere, ...proves({ row: [11], asvs: ["10.1.1"] }) },
      async ({ page }) => {
        await page.goto("/profile");
        const claims = await shownClaims(page);
        expect(claims).toMatchObject({
          name: "Ada Lovelace",
          preferred_username: "ada",
          email: "ada@example.com",
          email_verified: true,
        });
        if (by === "provider") expect(claims).toMatchObject({ sub: "demo|ada", nickname: "ada" });
        expect(
          Object.keys(claims).filter((name) => /token|nonce|hash|secret|code|password/i.test(name)),
        ).toEqual([]);
        expect(await page.content()).not.toMatch(jwt);
      },
    );
  });

test.describe("the picture", () => {
  test.use({ as: { who: "ada", by: "provider" } });

  test("comes from the provider", { tag: "@phone", ...proves({ row: [11] }) }, async ({ page, world }) => {
    await page.goto("/profile");
    const picture = page.getByRole("main").locator("img");
    await expect(picture).toHaveAttribute("src", `${world.urls.issuer}/pictures/ada.svg`);
    await expect
      .poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth))
      .toBeGreaterThan(0);
  });
});

test.describe("katherine, whose address nobody confirmed", () => {
  test.use({ as: { who: "katherine", by: "password" } });

  test("is told that it is not verified", { ...everywhere, ...proves({ row: [11] }) }, async ({ page }) => {
    await page.goto("/profile");
    await expect(fact(page, "E-mail")).toHaveText("katherine@example.comNot verified");
    expect(await shownClaims(page)).toMatchObject({ email_verified: false });
  });
});

test.describe("grace, an administrator", () => {
  test.use({ as: { who: "grace", by: "provider" } });

  test("sees her role and permissions", proves({ row: [11, 13] }), async ({ page }) => {
    await page.goto("/profile");
    await expect(page.getByRole("main").getByText("admin", { exact: true })).toBeVisible();
    await expect(fact(page, "Permissions")).toContainText("read:admin-messages");
  });
});

test(
  "somebody who signed up at the provider became a member just now",
  proves({ row: [8, 11] }),
  async ({ page }) => {
    const person = newPerson();
    await signUp(page, person, "provider");
    await expect(fact(page, "E-mail")).toContainText(person.email);
    const memberSince = await fact(page, "Member since").locator("time").getAttribute("datetime");
    expect(Math.abs(Date.now() - Date.parse(memberSince ?? ""))).toBeLessThan(60_000);
  },
);
