import "server-only";
import { cookies } from "next/headers";
import { cookieName } from "./cookie-name";
import { isHttps } from "@/lib/env";
import { randomToken } from "@/lib/platform/crypto/token";

/** The proof of a code that was sent by mail, and the token of the browser that it is bound to. */
export interface CodeCookie {
  readonly proofId: string;
  readonly browserToken: string;
}

const lifetimeSeconds = 10 * 60;

const name = (): string => cookieName("code");

/** A token for a browser to be known by. */
export function newBrowserToken(): string {
  return randomToken();
}

/** Binds a code to this browser, for as long as the code works. */
export async function setCodeCookie({ proofId, browserToken }: CodeCookie): Promise<void> {
  (await cookies()).set(name(), `${proofId}.${browserToken}`, {
    httpOnly: true,
    sameSite: "lax",
    path: "/",
    secure: isHttps(),
    maxAge: lifetimeSeconds,
  });
}

/** What binds a code to this browser, or null. */
export async function readCodeCookie(): Promise<CodeCookie | null> {
  const value = (await cookies()).get(name())?.value ?? "";
  const [, proofId, browserToken] = /^([0-9a-f-]{36})\.([\w-]{43})$/.exec(value) ?? [];
  return proofId === undefined || browserToken === undefined ? null : { proofId, browserToken };
}

export async function deleteCodeCookie(): Promise<void> {
  (await cookies()).delete({ name: name(), path: "/", secure: isHttps() });
}
