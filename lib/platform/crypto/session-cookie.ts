import { createHmac, timingSafeEqual } from "node:crypto";

const context = "gatehouse session cookie v1";
const macBytes = 16;
const shape = /^[A-Za-z0-9_-]{43}\.[A-Za-z0-9_-]{22}$/;

/**
 * The value of the session cookie: the session token and a 128-bit HMAC-SHA-256 over it, 66 characters in all.
 * The HMAC lets the middleware turn away forged cookies without the database; the table alone says who is signed in.
 * Synchronous on purpose: WebCrypto shares its threads with file and name look-ups.
 * @param secrets newest first; the newest signs.
 */
export function sealSessionCookie(token: string, secrets: readonly string[]): string {
  const [newest] = secrets;
  if (newest === undefined) throw new RangeError("no secret to sign with");
  return `${token}.${mac(token, newest).toString("base64url")}`;
}

/** The session token within a cookie that one of `secrets` signed; null for anything else, of whatever length. */
export function openSessionCookie(value: string | undefined, secrets: readonly string[]): string | null {
  if (value === undefined || !shape.test(value)) return null;
  const [token = "", given = ""] = value.split(".");
  const givenMac = Buffer.from(given, "base64url");
  return secrets.some((secret) => timingSafeEqual(mac(token, secret), givenMac)) ? token : null;
}

function mac(token: string, secret: string): Buffer {
  return createHmac("sha256", secret)
    .update(context)
    .update("\0")
    .update(token)
    .digest()
    .subarray(0, macBytes);
}
