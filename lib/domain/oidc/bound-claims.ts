import "server-only";
import { storableJson } from "@/lib/shared/storable-text";

const maxClaimLength = 4_000;
const maxTotalLength = 32_000;
/** Claims that bind tokens and sessions to each other and say nothing of the person. */
const bindings = new Set(["nonce", "at_hash", "c_hash", "s_hash", "sid"]);

/**
 * ID token and UserInfo claims merged, as they are kept: the ID token wins, and what is too large to keep is left out,
 * so that a provider cannot fill the database.
 */
export function boundClaims(
  userinfo: Readonly<Record<string, unknown>>,
  idToken: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  let total = 0;
  const kept = Object.entries({ ...userinfo, ...idToken }).filter(([name, value]) => {
    if (bindings.has(name)) return false;
    const length = name.length + JSON.stringify(value).length;
    if (length > maxClaimLength || total + length > maxTotalLength) return false;
    total += length;
    return true;
  });
  return storableJson(Object.fromEntries(kept)) as Record<string, unknown>;
}
