import "server-only";
import { desc } from "drizzle-orm";
import { age, count, duration, failed, ok, warning } from "./finding";
import { database } from "@/db/client";
import { signingKeys } from "@/db/schema";
import { sealedSince } from "@/lib/domain/audit/sealing-state";
import { keyMaxAgeSeconds } from "@/lib/domain/issuer/key-policy";
import { isPublished, privateJwk } from "@/lib/domain/issuer/rotate-signing-keys";
import { environment } from "@/lib/env";
import type { Finding } from "@/lib/shared/diagnosis";

const day = 24 * 60 * 60;
/** A key that is due is replaced by whoever reads the keys; after this nobody has. */
const graceSeconds = 7 * day;
const oldEncryptionKeySeconds = 365 * day;

/** The age of the keys with which access tokens are signed and secrets are sealed, and whether they can be used. */
export async function checkOwnKeys(): Promise<readonly Finding[]> {
  const now = new Date();
  const rows = await database().select().from(signingKeys).orderBy(desc(signingKeys.createdAt));
  const published = rows
    .filter((key) => isPublished(key, now))
    .map((key) => ({
      createdAt: key.createdAt,
      activeAt: key.activeAt,
      opens: privateJwk(key) !== null,
    }));
  const [newest, ...older] = environment().TOKEN_ENCRYPTION_KEYS.map(({ id }) => id);
  const since = await sealedSince(database(), newest ?? "");
  return [judgeSigning(published, now), judgeEncryption({ newest: newest ?? "", older, since }, now)];
}

interface SigningKey {
  readonly createdAt: Date;
  readonly activeAt: Date;
  /** Whether its private part can be opened. */
  readonly opens: boolean;
}

/** @param keys those of the JWKS, newest first */
export function judgeSigning(keys: readonly SigningKey[], now: Date): Finding {
  const check = "signing";
  const [newest] = keys;
  if (newest === undefined) return ok(check, "no signing key yet: the first is made when it is needed");
  if (!keys.some(({ activeAt, opens }) => opens && activeAt <= now))
    return failed(
      check,
      "no signing key can be opened",
      "TOKEN_ENCRYPTION_KEYS lacks the key that they were sealed with: put it back behind the newest. When it is lost: `npm run keys:rotate`",
    );
  const seconds = age(newest.createdAt, now);
  const text = `${count(keys.length, "signing key")}, the newest ${duration(seconds)} old`;
  return seconds > keyMaxAgeSeconds + graceSeconds
    ? warning(check, text, "It should have been replaced after 90 days: `npm run keys:rotate`")
    : ok(check, text);
}

interface EncryptionKeys {
  readonly newest: string;
  readonly older: readonly string[];
  /** When the newest was first used, as far as the log remembers. */
  readonly since: Date | null;
}

export function judgeEncryption({ newest, older, since }: EncryptionKeys, now: Date): Finding {
  const used = since === null ? "not used yet" : `in use for ${duration(age(since, now))}`;
  const others =
    older.length === 0 ? "" : `; ${older.join(", ")} can go once npm run tokens:rotate has been through`;
  const text = `secrets are sealed with the key ${newest}, ${used}${others}`;
  return since !== null && age(since, now) > oldEncryptionKeySeconds
    ? warning(
        "encryption",
        text,
        "Put a new key first in TOKEN_ENCRYPTION_KEYS, restart, run `npm run tokens:rotate`, then take the old one out.",
      )
    : ok("encryption", text);
}
