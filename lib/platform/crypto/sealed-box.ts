import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

const version = "v1";
const ivBytes = 12;
const tagBytes = 16;

export interface SealingKey {
  readonly id: string;
  /** 32 bytes. */
  readonly key: Uint8Array;
}

/** A sealed value that cannot be opened: a missing key, another context, or a changed byte. It never holds the value. */
export class UnsealError extends Error {
  override readonly name = "UnsealError";
  readonly code: "malformed" | "unknown_key" | "not_authentic";

  constructor(code: UnsealError["code"], message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * Encrypts with AES-256-GCM under the newest key.
 * @param context additional authenticated data: a value sealed for one place cannot be opened in another.
 * @returns `v1.<key id>.<base64url of iv, ciphertext, tag>`
 */
export function seal(plaintext: string, context: string, ring: readonly SealingKey[]): string {
  const [newest] = ring;
  if (newest === undefined) throw new RangeError("no key to seal with");
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv("aes-256-gcm", newest.key, iv).setAAD(Buffer.from(context));
  const body = Buffer.concat([iv, cipher.update(plaintext, "utf8"), cipher.final(), cipher.getAuthTag()]);
  return `${version}.${newest.id}.${body.toString("base64url")}`;
}

/** @throws {UnsealError} */
export function unseal(sealed: string, context: string, ring: readonly SealingKey[]): string {
  const [given, id, encoded, ...rest] = sealed.split(".");
  if (given !== version || id === undefined || encoded === undefined || rest.length > 0)
    throw new UnsealError("malformed", "not a sealed value");
  const entry = ring.find((candidate) => candidate.id === id);
  if (entry === undefined)
    throw new UnsealError("unknown_key", `sealed with key ${id}, which is not configured`);
  const body = Buffer.from(encoded, "base64url");
  if (body.length < ivBytes + tagBytes) throw new UnsealError("malformed", "sealed value is too short");
  try {
    const decipher = createDecipheriv("aes-256-gcm", entry.key, body.subarray(0, ivBytes), {
      authTagLength: tagBytes,
    })
      .setAAD(Buffer.from(context))
      .setAuthTag(body.subarray(-tagBytes));
    return Buffer.concat([decipher.update(body.subarray(ivBytes, -tagBytes)), decipher.final()]).toString(
      "utf8",
    );
  } catch {
    throw new UnsealError("not_authentic", `sealed value does not authenticate under key ${id}`);
  }
}

/** True when a newer key exists than the one `sealed` was written with. */
export function needsResealing(sealed: string, ring: readonly SealingKey[]): boolean {
  return sealed.split(".")[1] !== ring[0]?.id;
}
