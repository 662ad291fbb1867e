import { createHmac, randomInt } from "node:crypto";

const digits = 6;
const context = "gatehouse one-time code v1";

/** A random code of six decimal digits (about 20 bits: NIST SP 800-63B-4 section 3.1.3.2 asks for as much). */
export function randomCode(): string {
  return String(randomInt(10 ** digits)).padStart(digits, "0");
}

/**
 * HMAC-SHA-256 of a code for the row with this id, one for each secret, newest first. A million hashes is no work, so a
 * plain digest in a stolen table would give the code away.
 */
export function codeDigests(id: string, code: string, secrets: readonly string[]): Buffer[] {
  return secrets.map((secret) =>
    createHmac("sha256", secret).update(context).update("\0").update(id).update("\0").update(code).digest(),
  );
}
