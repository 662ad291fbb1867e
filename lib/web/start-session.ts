import "server-only";
import { cookies } from "next/headers";
import { sessionCookieName, sessionCookieOptions, sessionTokenFrom } from "./session-cookie";
import { environment } from "@/lib/env";
import { sealSessionCookie } from "@/lib/platform/crypto/session-cookie";

/** The session token that the browser sends now, if we signed it. */
export async function browserSessionToken(): Promise<string | null> {
  return sessionTokenFrom((await cookies()).get(sessionCookieName())?.value);
}

/** Writes the session cookie with the token that a session got because the person proved anew who they are. */
export function renewSessionCookie(token: string): Promise<void> {
  return setSessionCookie(sealSessionCookie(token, environment().AUTH_SECRET));
}

/** Takes the cookie of a session that has ended out of the browser. */
export async function clearSessionCookie(): Promise<void> {
  (await cookies()).set(sessionCookieName(), "", { ...sessionCookieOptions(), maxAge: 0 });
}

/** Writes the session cookie, once, at sign-in. */
export async function setSessionCookie(value: string): Promise<void> {
  const maxAge = environment().SESSION_ABSOLUTE_LIFETIME_SECONDS;
  (await cookies()).set(sessionCookieName(), value, { ...sessionCookieOptions(), maxAge });
}
