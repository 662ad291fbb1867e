import { createHmac, timingSafeEqual } from "node:crypto";

const shape = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]{43}$/;

/**
 * A text that the browser may carry and read but not change: base64url of the text and an HMAC-SHA-256 over it.
 * @param context what the value is for: one signed for another purpose does not open.
 * @param secrets newest first; the newest signs.
 */
export function signValue(text: string, context: string, secrets: readonly string[]): string {
  const [newest] = secrets;
  if (newest === undefined) throw new RangeError("no secret to sign with");
  const body = Buffer.from(text).toString("base64url");
  return `${body}.${mac(body, context, newest).toString("base64url")}`;
}

/** The text within a value that one of `secrets` signed for `context`; null for anything else. */
export function openSignedValue(
  value: string | undefined,
  context: string,
  secrets: readonly string[],
): string | null {
  if (value === undefined || !shape.test(value)) return null;
  const [body = "", given = ""] = value.split(".");
  const givenMac = Buffer.from(given, "base64url");
  const authentic = secrets.some((secret) => timingSafeEqual(mac(body, context, secret), givenMac));
  return authentic ? Buffer.from(body, "base64url").toString() : null;
}

function mac(body: string, context: string, secret: string): Buffer {
  return createHmac("sha256", secret).update(context).update("\0").update(body).digest();
}
