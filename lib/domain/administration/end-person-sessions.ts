import "server-only";
import { and, eq, type SQL } from "drizzle-orm";
import { actOn, type ActionFault } from "./act-on";
import { sessions } from "@/db/schema";
import type { Context, PersonContext } from "@/lib/domain/context";
import { revokeSessions } from "@/lib/domain/sessions/revoke-session";
import { releaseGrants, type ReleasedGrant } from "@/lib/domain/tokens/release-grants";
import { success, type Result } from "@/lib/shared/result";

/**
 * Ends one session of a person, or all of them (ASVS 7.4.5). A session of somebody else ends nothing.
 * @returns the grants that are left to revoke at their providers.
 */
export function endPersonSessions(
  ctx: PersonContext,
  { userId, sessionId }: { userId: string; sessionId: string | null },
): Promise<Result<readonly ReleasedGrant[], ActionFault>> {
  return actOn(ctx, { permission: "end:sessions", userId }, async (tx) =>
    success(
      await endSessionsOf(
        tx,
        userId,
        "ended_by_administrator",
        sessionId === null ? undefined : eq(sessions.id, sessionId),
      ),
    ),
  );
}

/** Ends sessions of a person and takes their tokens out of the table. Call it in a transaction. */
export async function endSessionsOf(
  tx: Context,
  userId: string,
  reason: string,
  which?: SQL,
): Promise<readonly ReleasedGrant[]> {
  const released: ReleasedGrant[] = [];
  for (const { id } of await revokeSessions(tx, and(eq(sessions.userId, userId), which), reason))
    released.push(...(await releaseGrants(tx, { sessionId: id })));
  return released;
}
