import { environment, isHttps } from "@/lib/env";
import { openSessionCookie } from "@/lib/platform/crypto/session-cookie";

/** The session cookie's name: `__Host-` over https (ASVS 3.3.1); a browser refuses that prefix over plain http. */
export function sessionCookieName(): string {
  return isHttps() ? "__Host-gatehouse.session" : "gatehouse.session";
}

export function sessionCookieOptions() {
  return { httpOnly: true, sameSite: "lax", path: "/", secure: isHttps() } as const;
}

/** The session token in a cookie value that we signed, else null. Says nothing of whether the session lives. */
export function sessionTokenFrom(value: string | undefined): string | null {
  return openSessionCookie(value, environment().AUTH_SECRET);
}
