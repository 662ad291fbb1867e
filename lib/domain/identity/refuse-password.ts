import "server-only";
import { commonPasswords } from "./common-passwords";
import { environment } from "@/lib/env";
import type { PasswordRefusal } from "@/lib/shared/password-refusals";
import { freeCharacters, repeatedPart } from "@/lib/shared/password-shape";
import { minPasswordLength } from "@/lib/shared/password-strength";

/** What may stand around a word that is no password by itself. */
const maxAround = 3;
/** Shorter ones stand within too many good passphrases. */
const shortestWord = 6;
const longestWord = 24;

/**
 * Why a new password would be guessed early, or null (ASVS 6.1.2, 6.2.4, 6.2.11, 6.2.12): the whole password is held
 * against the list, against what repeats and runs, and against words that an attacker knows.
 * @param words of the person: user name, e-mail address, name.
 */
export function refusePassword(password: string, words: readonly string[]): PasswordRefusal | null {
  const bare = password.normalize("NFKC").toLowerCase();
  if (commonPasswords.has(bare)) return "common";
  if (repeatedPart(bare).length < minPasswordLength && repeatedPart(bare) !== bare) return "repeated";
  if (freeCharacters(bare) <= maxAround) return "sequence";
  if (isMadeOf(bare, [...words.flatMap(parts), ...contextWords()])) return "context";
  return isMostlyCommon(bare) ? "common" : null;
}

/** Words of this site, which attackers try at this site. */
function contextWords(): string[] {
  const { hostname } = new URL(environment().AUTH_URL);
  return ["gatehouse", hostname, ...hostname.split(".")].filter((word) => word.length >= 4);
}

function parts(word: string): string[] {
  const bare = word.normalize("NFKC").toLowerCase();
  return [bare, ...bare.split(/[^\p{L}\p{N}]+/u)].filter((part) => part.length >= 3);
}

function isMadeOf(bare: string, words: readonly string[]): boolean {
  const longestFirst = [...new Set(words)].sort((a, b) => b.length - a.length);
  let rest = bare;
  for (const word of longestFirst) rest = rest.replaceAll(word, "");
  return rest !== bare && rest.replace(/[^\p{L}\p{N}]/gu, "").length <= maxAround;
}

/** True for one or two words of the list with little around them. More of them in a row make a passphrase. */
function isMostlyCommon(bare: string): boolean {
  let around = 0;
  let found = 0;
  for (let at = 0; at < bare.length;) {
    const word = wordAt(bare, at);
    if (word === 0) around += 1;
    else found += 1;
    at += Math.max(word, 1);
  }
  return found >= 1 && found <= 2 && around <= maxAround;
}

function wordAt(bare: string, at: number): number {
  for (let length = Math.min(longestWord, bare.length - at); length >= shortestWord; length -= 1)
    if (commonPasswords.has(bare.slice(at, at + length))) return length;
  return 0;
}
