import type { Page } from "@playwright/test";
import { demoPerson, expect, expectSignedIn, methods, proves, signIn, test } from "../fixtures";

const name = "gatehouse.session";

/** Collects every Set-Cookie header of the application that names the session cookie. */
function watchSessionCookie(page: Page): () => Promise<string[]> {
  const pending: Promise<string[]>[] = [];
  page.on("response", (response) => {
    pending.push(
      response
        .headersArray()
        .then((headers) =>
          headers.filter((header) => /^set-cookie$/i.test(header.name)).map(({ value }) => value),
        ),
    );
  });
  return async () => (await Promise.all(pending)).flat().filter((value) => value.startsWith(`${name}=`));
}

for (const by of methods)
  test(
    `the session cookie of a sign-in by ${by} is small, closed and written once`,
    proves({ row: [19], asvs: ["3.3.2", "3.3.4", "3.3.5", "7.2.1"] }),
    async ({ page, context }) => {
      const written = watchSessionCookie(page);
      await signIn(page, demoPerson("ada"), by);
      for (const path of [
        "/",
        "/public",
        "/protected",
        "/profile",
        "/settings/sessions",
        "/api/me",
        "/login",
      ])
        await page.goto(path);
      await expectSignedIn(page, demoPerson("ada"));

      const [header, ...more] = await written();
      expect(more).toEqual([]);
      expect(header).toMatch(/; HttpOnly\b/i);
      expect(header).toMatch(/; SameSite=Lax\b/i);
      expect(header).toMatch(/; Path=\/(;|$)/i);
      expect(header).not.toMatch(/; Domain=/i);
      const value = header?.split(";")[0] ?? "";
      expect(Buffer.byteLength(value)).toBeLessThan(160);
      expect(value).not.toMatch(/eyJ/);

      const [kept] = (await context.cookies()).filter((cookie) => cookie.name === name);
      expect(kept).toMatchObject({ httpOnly: true, sameSite: "Lax", path: "/", domain: "localhost" });
      const days = ((kept?.expires ?? 0) - Date.now() / 1000) / 86_400;
      expect(days).toBeGreaterThan(29.9);
      expect(days).toBeLessThanOrEqual(30);
    },
  );

test(
  "a sign-in at the provider leaves no other cookie behind",
  proves({ asvs: ["3.3.4", "10.1.2"] }),
  async ({ page, context, world }) => {
    await signIn(page, demoPerson("ada"), "provider");
    // Cookies know no ports: those of the provider stand in the same jar and name themselves.
    const ours = (await context.cookies(world.urls.app)).filter((cookie) =>
      cookie.name.startsWith("gatehouse"),
    );
    expect(ours.map((cookie) => cookie.name)).toEqual([name]);
  },
);

test("a visitor gets no cookie at all", proves({ asvs: ["7.6.2"] }), async ({ page, context }) => {
  for (const path of ["/", "/public", "/login", "/sign-up", "/profile"]) await page.goto(path);
  expect(await context.cookies()).toEqual([]);
});
