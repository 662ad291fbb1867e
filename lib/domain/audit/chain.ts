import "server-only";
import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { sql } from "drizzle-orm";
import { environment } from "@/lib/env";

/** A row of the log as the chain commits to it: what PostgreSQL says in text, so that nothing is rounded. */
export interface LoggedRow {
  readonly id: string;
  /** UTC, to the microsecond. */
  readonly at: string;
  readonly event: string;
  readonly actor_id: string | null;
  readonly actor_name: string | null;
  readonly subject_id: string | null;
  readonly session_id: string | null;
  readonly request_id: string;
  readonly address: string | null;
  readonly details: string;
}

/** The columns of {@link LoggedRow} of `audit_events e`. */
export const loggedColumns = sql.raw(`e.id::text,
  to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, e.event, e.actor_id, e.actor_name, e.subject_id,
  e.session_id, e.request_id, e.address, e.details::text as details`);

/** What the first link follows. */
export const chainBeginning: Uint8Array = new Uint8Array(32);

/** The digest that stands for an address in the chain. Without the salt nobody finds the address by trying them all. */
export function addressDigest(address: string, salt: Uint8Array): Uint8Array {
  return createHash("sha256").update(salt).update(address).digest();
}

/** The link of a row at `position`, after the link `previous`. */
export function linkHash(
  previous: Uint8Array,
  position: bigint,
  row: LoggedRow,
  digest: Uint8Array | null,
): Uint8Array {
  const facts = JSON.stringify([
    ...["v1", String(position), row.id, row.at, row.event, row.actor_id, row.actor_name, row.subject_id],
    ...[row.session_id, row.request_id, digest && Buffer.from(digest).toString("hex"), row.details],
  ]);
  return createHash("sha256").update(previous).update(facts).digest();
}

/** What a seal says. */
export interface Sealed {
  readonly position: bigint;
  readonly hash: Uint8Array;
  readonly anchor: boolean;
  readonly sealedAt: Date;
}

/** The code of a seal under the newest of TOKEN_ENCRYPTION_KEYS, and that key's id. */
export function sealCode(sealed: Sealed): { keyId: string; code: Uint8Array } {
  const [newest] = environment().TOKEN_ENCRYPTION_KEYS;
  if (newest === undefined) throw new RangeError("no key to seal with");
  return { keyId: newest.id, code: codeUnder(newest.key, sealed) };
}

/** Whether the code is that of the seal; null when its key is not configured any more. */
export function isSealCode(
  sealed: Sealed,
  { keyId, code }: { keyId: string; code: Uint8Array },
): boolean | null {
  const entry = environment().TOKEN_ENCRYPTION_KEYS.find(({ id }) => id === keyId);
  if (entry === undefined) return null;
  const expected = codeUnder(entry.key, sealed);
  return code.length === expected.length && timingSafeEqual(code, expected);
}

function codeUnder(key: Uint8Array, { position, hash, anchor, sealedAt }: Sealed): Uint8Array {
  const own = createHmac("sha256", key).update("gatehouse audit seal v1").digest();
  const facts = [String(position), Buffer.from(hash).toString("hex"), anchor, sealedAt.toISOString()];
  return createHmac("sha256", own).update(JSON.stringify(facts)).digest();
}
