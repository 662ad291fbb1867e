import "server-only";
import type { CookieJar } from "./cookie-header";
import { transactionCookieNames, transactionCookieOptions } from "./cookies";
import { belongsTo, suffixesOf, suffixFor } from "./state-suffix";
import { cookieHeaderFor } from "@/lib/web/set-cookie";

/** Sign-ins that one browser may have under way; starting another forgets the oldest, so that cookies never pile up. */
const maxTransactions = 3;

/**
 * Auth.js keeps one set of state, nonce and code verifier a browser, so a second tab breaks the first. Here each sign-in
 * has a set of its own: the cookies get a suffix made of the time and the state's digest on the way out, and lose it on
 * the way in.
 */
export function nameTransaction(setCookies: readonly string[], state: string, now: Date): string[] {
  const suffix = suffixFor(state, now);
  const names = transactionCookieNames();
  return setCookies.map((header) => {
    const end = header.indexOf("=");
    const name = header.slice(0, end);
    return names.includes(name) ? name + suffix + header.slice(end) : header;
  });
}

/** The cookies of the sign-in that `state` belongs to, under the names Auth.js knows; null when there are none. */
export function findTransaction(jar: CookieJar, state: string): CookieJar | null {
  const suffix = suffixes(jar).find((candidate) => belongsTo(candidate, state));
  if (suffix === undefined) return null;
  return new Map(
    transactionCookieNames().flatMap((name) => {
      const value = jar.get(name + suffix);
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
}

/** `Set-Cookie` headers that end the sign-in of `state`: it is used once, whatever comes of it. */
export function forgetTransaction(jar: CookieJar, state: string): string[] {
  return forget(suffixes(jar).filter((suffix) => belongsTo(suffix, state)));
}

/** `Set-Cookie` headers that make room for one more sign-in. */
export function makeRoom(jar: CookieJar): string[] {
  return forget(suffixes(jar).slice(maxTransactions - 1));
}

function suffixes(jar: CookieJar): string[] {
  return suffixesOf(jar, transactionCookieNames());
}

function forget(which: readonly string[]): string[] {
  return which.flatMap((suffix) =>
    transactionCookieNames().map((name) =>
      cookieHeaderFor(name + suffix, "", { ...transactionCookieOptions(), maxAge: 0 }),
    ),
  );
}
