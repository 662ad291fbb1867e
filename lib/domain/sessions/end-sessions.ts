import "server-only";
import type { SQL } from "drizzle-orm";
import { revokeSessions } from "./revoke-session";
import type { Context } from "@/lib/domain/context";
import { releaseGrants, type ReleasedGrant } from "@/lib/domain/tokens/release-grants";

/**
 * Ends the live sessions that `which` names, with their grants. Call it in a transaction.
 * @returns the grants that are left to revoke at their providers.
 */
export async function endSessions(
  tx: Context,
  which: SQL | undefined,
  reason: string,
): Promise<readonly ReleasedGrant[]> {
  const released: ReleasedGrant[] = [];
  for (const { id } of await revokeSessions(tx, which, reason))
    released.push(...(await releaseGrants(tx, { sessionId: id })));
  return released;
}
