import "server-only";
import { eq } from "drizzle-orm";
import type { Connection } from "@/db/client";
import { lockDatabase } from "@/db/lock-client";
import { providerTokens } from "@/db/schema";
import type { GrantRow } from "./grant";

interface Held {
  /** As it is once the lock is had. */
  readonly row: GrantRow;
  readonly db: Connection;
}

/** Runs `work` while nobody else renews the same grant; null when there is no such grant. */
export type GrantLock = <Value>(
  grantId: string,
  work: (held: Held) => Promise<Value>,
) => Promise<Value | null>;

/**
 * Holds the row in a transaction, which every instance on this database respects and which ends with the process that
 * holds it.
 * @throws with {@link isLockTimeout} when it was not had in time
 */
export const rowLock: GrantLock = (grantId, work) =>
  lockDatabase().transaction(async (db) => {
    const [row] = await db.select().from(providerTokens).where(eq(providerTokens.id, grantId)).for("update");
    return row === undefined ? null : work({ row, db });
  });

/** PostgreSQL's `lock_not_available`. */
export function isLockTimeout(error: unknown): boolean {
  for (let link = error, depth = 0; link instanceof Error && depth < 6; link = link.cause, depth += 1)
    if ("code" in link && link.code === "55P03") return true;
  return false;
}
