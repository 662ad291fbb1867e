import "server-only";
import { calculateJwkThumbprint, exportJWK, generateKeyPair } from "jose";
import { and, desc, isNull, lt, ne, sql } from "drizzle-orm";
import type { Connection } from "@/db/client";
import { signingKeys } from "@/db/schema";
import { publishBeforeSeconds, retireAfterSeconds } from "./key-policy";
import { openSecret, sealSecret } from "@/lib/domain/tokens/vault";
import { log } from "@/lib/platform/log";

export type SigningKeyRow = typeof signingKeys.$inferSelect;

/** Any number; the same for every instance on this database. */
const lockId = 7_164_291_034;

interface Options {
  readonly now: Date;
  /** Looks again once nobody else rotates; false leaves the keys as they are. */
  readonly isDue?: (keys: readonly SigningKeyRow[]) => boolean;
  readonly publishBeforeSeconds?: number;
}

/**
 * Adds a signing key and retires the ones before it, one instance at a time. The new key is published at once and signs
 * from `activeAt` on; the old ones leave the JWKS when no token of theirs can be alive. Where no key can be opened the
 * new one signs at once. Keys past their retirement are deleted.
 * @returns the new key; null when it was not due after all
 */
export async function rotateSigningKeys(db: Connection, options: Options): Promise<SigningKeyRow | null> {
  const { now, isDue = () => true, publishBeforeSeconds: leadSeconds = publishBeforeSeconds } = options;
  const made = await newKey();
  return db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${lockId})`);
    const keys = await tx.select().from(signingKeys).orderBy(desc(signingKeys.activeAt));
    if (!isDue(keys)) return null;
    await tx.delete(signingKeys).where(lt(signingKeys.retiresAt, now));
    const replacesOne = keys.some((key) => canSign(key, now));
    const activeAt = replacesOne ? after(now, leadSeconds) : now;
    const [row] = await tx
      .insert(signingKeys)
      .values({ ...made, createdAt: now, activeAt })
      .returning();
    if (row === undefined) throw new Error("the signing key was not returned");
    await tx
      .update(signingKeys)
      .set({ retiresAt: after(activeAt, retireAfterSeconds) })
      .where(and(isNull(signingKeys.retiresAt), ne(signingKeys.kid, row.kid)));
    log.info({ event: "signing_key_created", kid: row.kid, activeAt }, "a signing key was created");
    return row;
  });
}

/** True while `key` may sign: active, not about to leave the JWKS, and ours to open. */
export function canSign(key: SigningKeyRow, now: Date): boolean {
  return key.activeAt <= now && isPublished(key, now) && privateJwk(key) !== null;
}

/** True while `key` belongs in the JWKS. */
export function isPublished(key: SigningKeyRow, now: Date): boolean {
  return key.retiresAt === null || key.retiresAt > now;
}

/** The private key as JSON; null when the vault cannot open it. */
export function privateJwk(key: SigningKeyRow): string | null {
  return openSecret({ table: "signing_keys", kid: key.kid }, key.privateKeySealed);
}

async function newKey() {
  const pair = await generateKeyPair("ES256", { extractable: true });
  const { kty, crv, x, y, d } = await exportJWK(pair.privateKey);
  const publicJwk = { kty, crv, x, y } as Record<string, string>;
  const kid = await calculateJwkThumbprint(publicJwk);
  const privateKeySealed = sealSecret({ table: "signing_keys", kid }, JSON.stringify({ ...publicJwk, d }));
  return { kid, algorithm: "ES256", publicJwk, privateKeySealed };
}

function after(start: Date, seconds: number): Date {
  return new Date(start.getTime() + seconds * 1000);
}
