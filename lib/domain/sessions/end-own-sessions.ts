import "server-only";
import { revokeOtherSessions, revokeOwnSession, type RevokedSession } from "./revoke-session";
import { inTransaction, type PersonContext } from "@/lib/domain/context";
import { releaseGrants, type ReleasedGrant } from "@/lib/domain/tokens/release-grants";

/** Ends one session of the person who asks, with its grants. An id that is not theirs ends nothing. */
export function endOwnSession(
  ctx: PersonContext,
  { sessionId }: { sessionId: string },
): Promise<readonly ReleasedGrant[]> {
  return inTransaction(ctx, async (tx) => {
    const session = await revokeOwnSession(tx, sessionId);
    return release(tx, session === null ? [] : [session]);
  });
}

/** Ends every session of the person who asks but the one in use, with their grants. */
export function endOtherSessions(ctx: PersonContext): Promise<readonly ReleasedGrant[]> {
  return inTransaction(ctx, async (tx) => release(tx, await revokeOtherSessions(tx)));
}

async function release(
  tx: PersonContext,
  ended: readonly RevokedSession[],
): Promise<readonly ReleasedGrant[]> {
  const released: ReleasedGrant[] = [];
  for (const { id } of ended) released.push(...(await releaseGrants(tx, { sessionId: id })));
  return released;
}
