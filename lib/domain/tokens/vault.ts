import "server-only";
import { environment } from "@/lib/env";
import { needsResealing, seal, unseal, UnsealError } from "@/lib/platform/crypto/sealed-box";
import { log } from "@/lib/platform/log";

/** Where a sealed value belongs. A value copied to another place does not open there. */
export type Place =
  | {
      readonly table: "provider_tokens";
      readonly userId: string;
      readonly provider: string;
      readonly column: "access_token" | "refresh_token" | "id_token";
    }
  | { readonly table: "signing_keys"; readonly kid: string }
  | { readonly table: "mail_outbox"; readonly id: string }
  | {
      readonly table: "pending_identities";
      readonly userId: string;
      readonly issuer: string;
      readonly subject: string;
    };

/** Encrypts a secret for its place, under the newest of TOKEN_ENCRYPTION_KEYS. */
export function sealSecret(place: Place, secret: string): string {
  return seal(secret, authenticatedData(place), environment().TOKEN_ENCRYPTION_KEYS);
}

/**
 * The secret within `sealed`, or null when it cannot be opened: its key is not configured, it was made for another
 * place, or a byte of it changed. The log names the key, never the value.
 */
export function openSecret(place: Place, sealed: string): string | null {
  try {
    return unseal(sealed, authenticatedData(place), environment().TOKEN_ENCRYPTION_KEYS);
  } catch (error) {
    if (!(error instanceof UnsealError)) throw error;
    log.error(
      { event: "crypt_decrypt_fail", fault: error.code, keyId: sealed.split(".")[1]?.slice(0, 32), place },
      "a sealed value cannot be opened; check TOKEN_ENCRYPTION_KEYS",
    );
    return null;
  }
}

/** True when `sealed` was written under a key that is no longer the newest. */
export function isSealedUnderOldKey(sealed: string): boolean {
  return needsResealing(sealed, environment().TOKEN_ENCRYPTION_KEYS);
}

/** JSON, so that no two places share their bytes whatever their parts contain. */
function authenticatedData(place: Place): string {
  switch (place.table) {
    case "provider_tokens":
      return JSON.stringify([place.table, place.userId, place.provider, place.column]);
    case "signing_keys":
      return JSON.stringify([place.table, place.kid]);
    case "mail_outbox":
      return JSON.stringify([place.table, place.id]);
    case "pending_identities":
      return JSON.stringify([place.table, place.userId, place.issuer, place.subject]);
  }
}
