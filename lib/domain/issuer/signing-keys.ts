import "server-only";
import { importJWK, type JWK } from "jose";
import { desc } from "drizzle-orm";
import { database } from "@/db/client";
import { signingKeys as table } from "@/db/schema";
import { keyCacheSeconds, keyMaxAgeSeconds } from "./key-policy";
import {
  canSign,
  isPublished,
  privateJwk,
  rotateSigningKeys,
  type SigningKeyRow,
} from "./rotate-signing-keys";
import { log } from "@/lib/platform/log";
import { SingleFlight } from "@/lib/platform/single-flight";

type Key = Awaited<ReturnType<typeof importJWK>>;

const reloadCooldownSeconds = 5;
const flights = new SingleFlight<readonly SigningKeyRow[]>();
const imported = new Map<string, Promise<Key>>();
let known: { readonly keys: readonly SigningKeyRow[]; readonly readAt: number } | undefined;

/** The keys of the JWKS, newest first; the first one is made when there is none. Read from the table twice a minute. */
export async function publishedKeys(now: Date): Promise<readonly SigningKeyRow[]> {
  return (await keysAt(now)).filter((key) => isPublished(key, now));
}

/** The key that every instance signs with at `now`: the newest that is active. */
export async function currentSigningKey(now: Date): Promise<{ kid: string; key: Key }> {
  const row = (await keysAt(now)).find((key) => canSign(key, now));
  if (row === undefined) throw new Error("no signing key");
  return {
    kid: row.kid,
    key: await importOnce(`private ${row.kid}`, () => JSON.parse(privateJwk(row) ?? "{}") as JWK),
  };
}

/** The public key with this id, or null. An unknown id is looked up again, at most every few seconds. */
export async function verificationKey(kid: string, now: Date): Promise<Key | null> {
  const find = (keys: readonly SigningKeyRow[]) =>
    keys.find((key) => key.kid === kid && isPublished(key, now));
  const row = find(await keysAt(now)) ?? find(await keysAt(now, reloadCooldownSeconds));
  return row === undefined ? null : importOnce(`public ${kid}`, () => row.publicJwk);
}

async function keysAt(now: Date, maxAgeSeconds = keyCacheSeconds): Promise<readonly SigningKeyRow[]> {
  if (known !== undefined && Math.abs(now.getTime() - known.readAt) < maxAgeSeconds * 1000) return known.keys;
  try {
    return await flights.run("keys", () => readKeys(now));
  } catch (error) {
    if (known === undefined) throw error;
    log.warn({ event: "signing_keys_unread", cause: error }, "the signing keys of the last reading serve on");
    return known.keys;
  }
}

async function readKeys(now: Date): Promise<readonly SigningKeyRow[]> {
  const read = () => database().select().from(table).orderBy(desc(table.activeAt));
  const isDue = (keys: readonly SigningKeyRow[]) =>
    !keys.some((key) => canSign(key, now)) || isTooOld(keys, now);
  let keys = await read();
  if (isDue(keys)) {
    await rotateSigningKeys(database(), { now, isDue });
    keys = await read();
  }
  known = { keys, readAt: now.getTime() };
  return keys;
}

function isTooOld(keys: readonly SigningKeyRow[], now: Date): boolean {
  return keys.every((key) => now.getTime() - key.createdAt.getTime() > keyMaxAgeSeconds * 1000);
}

function importOnce(name: string, jwk: () => JWK): Promise<Key> {
  const running = imported.get(name) ?? importJWK(jwk(), "ES256");
  imported.set(name, running);
  return running;
}
