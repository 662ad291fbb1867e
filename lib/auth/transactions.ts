import "server-only";
import { createHash } from "node:crypto";
import type { CookieJar } from "./cookie-header";
import { transactionCookieNames, transactionCookieOptions } from "./cookies";
import { cookieHeaderFor } from "@/lib/web/set-cookie";

/** Sign-ins that one browser may have under way; starting another forgets the oldest, so that cookies never pile up. */
const maxTransactions = 3;
const separator = ".t";

/**
 * Auth.js keeps one set of state, nonce and code verifier a browser, so a second tab breaks the first. Here each sign-in
 * has a set of its own: the cookies get a suffix made of the time and the state's digest on the way out, and lose it on
 * the way in.
 */
export function nameTransaction(setCookies: readonly string[], state: string, now: Date): string[] {
  const suffix = `${separator}${Math.floor(now.getTime() / 1000).toString(36)}-${stateDigest(state)}`;
  const names = transactionCookieNames();
  return setCookies.map((header) => {
    const end = header.indexOf("=");
    const name = header.slice(0, end);
    return names.includes(name) ? name + suffix + header.slice(end) : header;
  });
}

/** The cookies of the sign-in that `state` belongs to, under the names Auth.js knows; null when there are none. */
export function findTransaction(jar: CookieJar, state: string): CookieJar | null {
  const suffix = suffixes(jar).find((candidate) => candidate.endsWith(`-${stateDigest(state)}`));
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
  return forget(suffixes(jar).filter((suffix) => suffix.endsWith(`-${stateDigest(state)}`)));
}

/** `Set-Cookie` headers that make room for one more sign-in. */
export function makeRoom(jar: CookieJar): string[] {
  const newestFirst = suffixes(jar).sort((one, other) => startedAt(other) - startedAt(one));
  return forget(newestFirst.slice(maxTransactions - 1));
}

function suffixes(jar: CookieJar): string[] {
  const names = transactionCookieNames();
  const found = [...jar.keys()].flatMap((key) =>
    names.filter((name) => key.startsWith(name + separator)).map((name) => key.slice(name.length)),
  );
  return [...new Set(found)];
}

function startedAt(suffix: string): number {
  return Number.parseInt(suffix.slice(separator.length), 36) || 0;
}

function stateDigest(state: string): string {
  return createHash("sha256").update(state).digest("base64url").slice(0, 16);
}

function forget(which: readonly string[]): string[] {
  return which.flatMap((suffix) =>
    transactionCookieNames().map((name) =>
      cookieHeaderFor(name + suffix, "", { ...transactionCookieOptions(), maxAge: 0 }),
    ),
  );
}
