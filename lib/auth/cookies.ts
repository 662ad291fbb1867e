import "server-only";
import type { NextAuthConfig } from "next-auth";
import { isHttps } from "@/lib/env";
import { cookieName } from "@/lib/web/cookie-name";

export const transactionLifetimeSeconds = 15 * 60;

const parts = { state: "state", nonce: "nonce", pkceCodeVerifier: "pkce", callbackUrl: "return" } as const;

/** The name of a sign-in's cookie, as Auth.js knows it where it knows it; the browser keeps it under that name and a suffix. */
export function cookieNameOf(part: string): string {
  return cookieName(`oidc.${part}`);
}

export const purposeCookieName = (): string => cookieNameOf("purpose");

export const transactionCookieNames = (): string[] => [
  ...Object.values(parts).map(cookieNameOf),
  purposeCookieName(),
];

export function transactionCookieOptions() {
  return { httpOnly: true, sameSite: "lax", path: "/", secure: isHttps() } as const;
}

/** The cookies that carry state, nonce, code verifier and return path from the start of a sign-in to its callback. */
export function transactionCookies(): NonNullable<NextAuthConfig["cookies"]> {
  const options = { ...transactionCookieOptions(), maxAge: transactionLifetimeSeconds };
  return Object.fromEntries(
    Object.entries(parts).map(([key, part]) => [key, { name: cookieNameOf(part), options }]),
  );
}
