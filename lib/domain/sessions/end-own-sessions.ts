import "server-only";
import { isRecentlyAuthenticated } from "./recent-authentication";
import { revokeOtherSessions, revokeOwnSession, type RevokedSession } from "./revoke-session";
import { inTransaction, type PersonContext } from "@/lib/domain/context";
import { releaseGrants, type ReleasedGrant } from "@/lib/domain/tokens/release-grants";
import { failure, success, type Result } from "@/lib/shared/result";

type Ended = Result<readonly ReleasedGrant[], "authentication_not_recent">;

/** Ends one session of the person who asks, with its grants (ASVS 7.5.2). An id that is not theirs ends nothing. */
export async function endOwnSession(
  ctx: PersonContext,
  { sessionId }: { sessionId: string },
): Promise<Ended> {
  if (!isRecentlyAuthenticated(ctx)) return failure("authentication_not_recent");
  return inTransaction(ctx, async (tx) => {
    const session = await revokeOwnSession(tx, sessionId);
    return success(await release(tx, session === null ? [] : [session]));
  });
}

/** Ends every session of the person who asks but the one in use, with their grants (ASVS 7.5.2). */
export async function endOtherSessions(ctx: PersonContext): Promise<Ended> {
  if (!isRecentlyAuthenticated(ctx)) return failure("authentication_not_recent");
  return inTransaction(ctx, async (tx) => success(await release(tx, await revokeOtherSessions(tx))));
}

async function release(
  tx: PersonContext,
  ended: readonly RevokedSession[],
): Promise<readonly ReleasedGrant[]> {
  const released: ReleasedGrant[] = [];
  for (const { id } of ended) released.push(...(await releaseGrants(tx, { sessionId: id })));
  return released;
}
