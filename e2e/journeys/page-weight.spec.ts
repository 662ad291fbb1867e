import type { Page } from "@playwright/test";
import { expect, proves, test } from "../fixtures";

/** Compressed sizes of the scripts that a visitor's browser loads for a page, by address. */
async function scriptsOf(page: Page, path: string): Promise<Map<string, number>> {
  const asked: string[] = [];
  const listen = (request: { resourceType(): string; url(): string }) => {
    if (request.resourceType() === "script") asked.push(request.url());
  };
  page.on("request", listen);
  await page.goto(path, { waitUntil: "networkidle" });
  page.off("request", listen);
  const sizes = await page.evaluate(() =>
    performance
      .getEntriesByType("resource")
      .map((entry) => [entry.name, (entry as PerformanceResourceTiming).encodedBodySize] as const),
  );
  return new Map(sizes.filter(([url]) => asked.includes(url)));
}

const total = (sizes: Iterable<number>) => [...sizes].reduce((sum, size) => sum + size, 0);

/**
 * What a visitor's pages may load beyond the framework. The page of an unknown address has no interaction, so its
 * scripts are the framework's and the guard that signed-in pages need (seven files when this was written, 139 kB).
 */
for (const { path, why, files, bytes } of [
  { path: "/", why: "the retry of an outcome shown in its place", files: 1, bytes: 1_000 },
  { path: "/public", why: "the retry of an outcome shown in its place", files: 1, bytes: 1_000 },
  { path: "/login", why: "errors in place, the password's button", files: 1, bytes: 4_500 },
  { path: "/sign-up", why: "errors in place, the password's button and strength", files: 1, bytes: 5_500 },
])
  test(
    `${path} loads no script but the framework and ${why}`,
    proves({ row: [2] }),
    async ({ page, world, consoleWatch }) => {
      consoleWatch.allowStatus(404);
      const framework = await scriptsOf(page, "/nowhere");
      expect(framework.size).toBeGreaterThan(0);
      expect(total(framework.values())).toBeLessThan(150_000);

      const scripts = await scriptsOf(page, path);
      const own = [...scripts].filter(([url]) => !framework.has(url));
      expect(own.length).toBeLessThanOrEqual(files);
      expect(total(own.map(([, size]) => size))).toBeLessThan(bytes);
      for (const url of scripts.keys()) expect(url).toContain(`${world.urls.app}/_next/static/`);
    },
  );

test("a page asks for nothing in the background", proves({ row: [2] }), async ({ page, world }) => {
  const asked: string[] = [];
  page.on("request", (request) => asked.push(`${request.resourceType()} ${new URL(request.url()).pathname}`));
  for (const path of ["/", "/public", "/login"]) await page.goto(path, { waitUntil: "networkidle" });
  const kinds = new Set(asked.map((line) => line.split(" ")[0]));
  expect([...kinds].filter((kind) => kind === "fetch" || kind === "xhr")).toEqual([]);
  expect(asked.filter((line) => line.startsWith("document"))).toEqual([
    "document /",
    "document /public",
    "document /login",
  ]);
  expect(world.urls.app).toMatch(/^http:\/\/localhost:/);
});
