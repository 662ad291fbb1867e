import "server-only";
import { createHash } from "node:crypto";
import type { CookieJar } from "./cookie-header";

const separator = ".t";

/** What tells the cookies of one sign-in from those of another: its start and a digest of its `state`. */
export function suffixFor(state: string, now: Date): string {
  return `${separator}${Math.floor(now.getTime() / 1000).toString(36)}-${stateDigest(state)}`;
}

/** The suffixes that cookies with these names have, each once, the newest first. */
export function suffixesOf(jar: CookieJar, names: readonly string[]): string[] {
  const found = [...jar.keys()].flatMap((key) =>
    names.filter((name) => key.startsWith(name + separator)).map((name) => key.slice(name.length)),
  );
  return [...new Set(found)].sort((one, other) => startedAt(other) - startedAt(one));
}

/**
 * What an answer must bring to find its sign-in: the `state`, at the callback of the provider that it was begun with. At
 * another provider's callback it finds nothing (mix-up, RFC 9700 section 4.4).
 */
export function signInKey(providerId: string, state: string): string {
  return `${providerId} ${state}`;
}

export function belongsTo(suffix: string, state: string): boolean {
  return suffix.endsWith(`-${stateDigest(state)}`);
}

function startedAt(suffix: string): number {
  return Number.parseInt(suffix.slice(separator.length), 36) || 0;
}

function stateDigest(state: string): string {
  return createHash("sha256").update(state).digest("base64url").slice(0, 16);
}
