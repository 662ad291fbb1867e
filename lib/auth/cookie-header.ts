import "server-only";

export type CookieJar = ReadonlyMap<string, string>;

/** A `Cookie` header of values that need no quoting. */
export function cookieHeader(jar: CookieJar): string {
  return [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
}

/** The cookies of a request, values as they came. The first of two with one name counts, as browsers send the most specific first. */
export function readCookies(headers: Headers): CookieJar {
  const jar = new Map<string, string>();
  for (const pair of (headers.get("cookie") ?? "").split(";")) {
    const at = pair.indexOf("=");
    const name = pair.slice(0, at).trim();
    if (at > 0 && !jar.has(name)) jar.set(name, pair.slice(at + 1).trim());
  }
  return jar;
}
