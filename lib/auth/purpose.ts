import "server-only";
import { z } from "zod";
import type { CookieJar } from "./cookie-header";
import { purposeCookieName, transactionCookieOptions, transactionLifetimeSeconds } from "./cookies";
import { environment } from "@/lib/env";
import { openSignedValue, signValue } from "@/lib/platform/crypto/signed-value";
import { safeReturnPath } from "@/lib/web/safe-return-path";
import { cookieHeaderFor } from "@/lib/web/set-cookie";

const signedFor = "gatehouse sign-in purpose v1";

const schema = z.object({
  state: z.string(),
  kind: z.enum(["confirm", "link"]),
  /** The session that asked; the answer counts for no other. */
  sessionId: z.uuid(),
  startedAt: z.coerce.date(),
  returnTo: z.string().transform((path) => safeReturnPath(path)),
});

/** Why a browser was sent to a provider, when it is not to sign in. */
export type Purpose = Omit<z.output<typeof schema>, "state">;

/** The cookie, one of the transaction's, that carries a purpose to the callback of this `state` and no other. */
export function purposeCookie(purpose: Purpose, state: string): string {
  const value = signValue(JSON.stringify({ ...purpose, state }), signedFor, environment().AUTH_SECRET);
  const options = { ...transactionCookieOptions(), maxAge: transactionLifetimeSeconds };
  return cookieHeaderFor(purposeCookieName(), value, options);
}

/** The purpose of a transaction; null for a sign-in. `unreadable` when there is one that we did not write for it. */
export function readPurpose(transaction: CookieJar, state: string): Purpose | null | "unreadable" {
  const value = transaction.get(purposeCookieName());
  if (value === undefined) return null;
  const text = openSignedValue(value, signedFor, environment().AUTH_SECRET);
  const record = text === null ? null : schema.safeParse(JSON.parse(text));
  if (record?.success !== true || record.data.state !== state) return "unreadable";
  const { kind, sessionId, startedAt, returnTo } = record.data;
  return { kind, sessionId, startedAt, returnTo };
}
