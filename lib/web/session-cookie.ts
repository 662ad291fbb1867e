import { cookieName } from "./cookie-name";
import { environment, isHttps } from "@/lib/env";
import { openSessionCookie } from "@/lib/platform/crypto/session-cookie";

export function sessionCookieName(): string {
  return cookieName("session");
}

export function sessionCookieOptions() {
  return { httpOnly: true, sameSite: "lax", path: "/", secure: isHttps() } as const;
}

/** The session token in a cookie value that we signed, else null. Says nothing of whether the session lives. */
export function sessionTokenFrom(value: string | undefined): string | null {
  return openSessionCookie(value, environment().AUTH_SECRET);
}
