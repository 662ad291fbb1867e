import { expect, type BrowserContext, type Page } from "@playwright/test";

/** Where a page can lead or what it loads. */
const addresses = "a[href], form[action], button[formaction], link[href], script[src], img[src]";

/** Every address of our host that a page names. */
export async function namedAddresses(page: Page): Promise<readonly string[]> {
  const all = await page.locator(addresses).evaluateAll((elements) =>
    elements.flatMap((element) =>
      ["href", "action", "formaction", "src"].flatMap((name) => {
        const value = element.getAttribute(name);
        return value === null ? [] : [new URL(value, document.baseURI).href];
      }),
    ),
  );
  const { origin } = new URL(page.url());
  return [...new Set(all)].filter((address) => new URL(address).origin === origin);
}

/** Fails when a page names an address of the host that is not beneath `url`. */
export async function expectInside(page: Page, url: string): Promise<readonly string[]> {
  const named = await namedAddresses(page);
  expect(named.length).toBeGreaterThan(3);
  expect(
    named.filter((address) => !isInside(address, url)),
    page.url(),
  ).toEqual([]);
  return named;
}

/** Notes every request of a browser to the host; `outside` holds those that left `url`. */
export function watchRequests(context: BrowserContext, url: string): { readonly outside: readonly string[] } {
  const outside: string[] = [];
  const { origin } = new URL(url);
  context.on("request", (request) => {
    const address = request.url();
    if (new URL(address).origin === origin && !isInside(address, url)) outside.push(address);
  });
  return { outside };
}

function isInside(address: string, url: string): boolean {
  const { origin, pathname } = new URL(address);
  const whole = origin + pathname;
  return whole === url || whole.startsWith(`${url}/`);
}
