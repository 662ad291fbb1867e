import "server-only";
import { cookies } from "next/headers";
import { cookieName } from "./cookie-name";
import { sessionCookieOptions } from "./session-cookie";
import { cookieHeaderFor } from "./set-cookie";
import { pendingLifetimeSeconds } from "@/lib/domain/linking/hold-identity";

const shape = /^[\w-]{43}$/;

function name(): string {
  return cookieName("identity");
}

/** `Set-Cookie` that binds an identity that waits to this browser. */
export function pendingIdentityCookie(token: string): string {
  return cookieHeaderFor(name(), token, { ...sessionCookieOptions(), maxAge: pendingLifetimeSeconds });
}

/** The token of the identity that waits in this browser, if there is one. */
export async function pendingIdentityToken(): Promise<string | null> {
  const value = (await cookies()).get(name())?.value;
  return value !== undefined && shape.test(value) ? value : null;
}

/** Takes the cookie away, in an action. */
export async function forgetPendingIdentity(): Promise<void> {
  (await cookies()).set(name(), "", { ...sessionCookieOptions(), maxAge: 0 });
}
