import "server-only";
import { isAllowedHttpUrl } from "@/lib/env";
import { normalizeEmail } from "@/lib/shared/email-address";

/** What an identity's claims say about a person, checked and bounded. Providers may send anything. */
export interface PersonClaims {
  readonly name: string | null;
  readonly nickname: string | null;
  readonly email: string | null;
  readonly emailVerified: boolean;
  readonly picture: string | null;
}

export function readPersonClaims(claims: Readonly<Record<string, unknown>>): PersonClaims {
  const full = text(claims["name"]);
  const joined = [text(claims["given_name"]), text(claims["family_name"])]
    .filter((part) => part !== null)
    .join(" ");
  const nickname = text(claims["nickname"]) ?? text(claims["preferred_username"]);
  const email = typeof claims["email"] === "string" ? normalizeEmail(claims["email"]) : null;
  const verified = claims["email_verified"];
  return {
    name: full ?? (joined === "" ? null : joined) ?? nickname,
    nickname,
    email,
    // Some providers send the boolean as a string.
    emailVerified: email !== null && (verified === true || verified === "true"),
    picture: pictureUrl(claims["picture"]),
  };
}

const maxTextLength = 200;
/** Control characters, and the marks that turn text around. */
const unprintable = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

function text(value: unknown): string | null {
  if (typeof value !== "string") return null;
  const clean = value
    .toWellFormed()
    .slice(0, maxTextLength * 4)
    .replace(unprintable, "")
    .trim();
  return clean === "" ? null : [...clean].slice(0, maxTextLength).join("");
}

function pictureUrl(value: unknown): string | null {
  if (typeof value !== "string" || value.length > 2048 || !URL.canParse(value)) return null;
  const url = new URL(value);
  return isAllowedHttpUrl(value) && url.username === "" && url.password === "" ? url.href : null;
}
