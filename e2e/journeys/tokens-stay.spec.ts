import type { Page } from "@playwright/test";
import { demoPerson, expect, methods, proves, signIn, test } from "../fixtures";

/** A JSON Web Token: three parts of base64url with a JSON object first. All tokens of this world but codes are such. */
const token = /eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}/;

/** Everything that the application sent to the page and everywhere that the page went. */
function watchTraffic(page: Page, origin: string) {
  const urls: string[] = [];
  const bodies: Promise<{ url: string; body: string }>[] = [];
  page.on("request", (request) => urls.push(request.url()));
  page.on("response", (response) => {
    const url = response.url();
    if (!url.startsWith(origin) || url.includes("/_next/static/")) return;
    // A redirect has no body, and one that was left behind cannot be read any more.
    bodies.push(
      response.text().then(
        (body) => ({ url, body }),
        () => ({ url, body: "" }),
      ),
    );
  });
  return { urls, bodies };
}

for (const by of methods)
  test(
    `no token reaches the browser of somebody signed in by ${by}`,
    proves({ row: [4, 6, 12], asvs: ["10.1.1", "14.2.1", "14.3.3"] }),
    async ({ page, context, world }) => {
      const { urls, bodies } = watchTraffic(page, world.urls.app);
      await signIn(page, demoPerson("grace"), by);
      for (const path of [
        ...["/", "/profile", "/profile/api-access", "/protected", "/admin", "/public", "/settings/sessions"],
        ...["/api/me", "/api/messages/protected", "/api/messages/admin"],
      ]) {
        await page.goto(path);
        const stored = await page.evaluate(() =>
          [localStorage, sessionStorage].map((storage) => JSON.stringify(storage)),
        );
        expect(stored, `web storage on ${path}`).toEqual(["{}", "{}"]);
      }
      const carried = (await Promise.all(bodies)).filter(({ body }) => token.test(body));
      expect(carried.map(({ url }) => url)).toEqual([]);
      expect(urls.filter((url) => token.test(url))).toEqual([]);
      expect(urls.length).toBeGreaterThan(10);
      const cookies = await context.cookies(world.urls.app);
      expect(cookies.filter(({ value }) => token.test(value)).map(({ name }) => name)).toEqual([]);
    },
  );
