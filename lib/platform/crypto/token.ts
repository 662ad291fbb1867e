import { createHash, randomBytes } from "node:crypto";

/** A random 256-bit token in base64url: 43 characters. */
export function randomToken(): string {
  return randomBytes(32).toString("base64url");
}

/** SHA-256 of a token: what a table may keep of it. */
export function tokenDigest(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}
