import "server-only";
import { and, eq, isNull } from "drizzle-orm";
import { dropClaimedRoles } from "./drop-claimed-roles";
import { notifyOfIdentity } from "./notify-of-identity";
import { waysIn } from "./ways-in";
import { accounts, providerTokens, sessions, users } from "@/db/schema";
import { keepsAdministrator } from "@/lib/domain/access/last-administrator";
import { recordEvent } from "@/lib/domain/audit/record-event";
import { inTransaction, type PersonContext } from "@/lib/domain/context";
import { isRecentlyAuthenticated } from "@/lib/domain/sessions/recent-authentication";
import { stillLives } from "@/lib/domain/sessions/still-lives";
import { revokeSessions } from "@/lib/domain/sessions/revoke-session";
import { openGrant } from "@/lib/domain/tokens/grant";
import { releaseGrants, type ReleasedGrant } from "@/lib/domain/tokens/release-grants";
import { failure, success, type Result } from "@/lib/shared/result";

type Account = typeof accounts.$inferSelect;

export interface Unlinked {
  readonly provider: string;
  /** The session in use was one of the identity's. */
  readonly endedCurrent: boolean;
  readonly released: readonly ReleasedGrant[];
}

/**
 * Takes an identity from the person who asks, with its sessions, its tokens and the roles that its provider claimed, in
 * one transaction. The last way in stays: two at once wait for each other, so that they cannot both be the last but one.
 */
export async function unlinkIdentity(
  ctx: PersonContext,
  { identityId }: { identityId: string },
): Promise<
  Result<
    Unlinked,
    "authentication_not_recent" | "session_ended" | "not_found" | "last_way_in" | "last_administrator"
  >
> {
  if (!isRecentlyAuthenticated(ctx)) return failure("authentication_not_recent");
  return inTransaction(ctx, async (tx) => {
    const { userId, sessionId } = tx.actor.viewer;
    const own = and(eq(accounts.id, identityId), eq(accounts.userId, userId));
    // The identity before the person, as a sign-in with it does: the other way round the two could wait for each other.
    const [account] = await tx.db.select().from(accounts).where(own).for("update");
    if (account === undefined) return failure("not_found");
    await tx.db.select({ id: users.id }).from(users).where(eq(users.id, userId)).for("update");
    if (!(await stillLives(tx))) return failure("session_ended");
    if (!(await keepsItsAdministrator(tx, account))) return failure("last_administrator");
    const ways = await waysIn(tx, userId);
    if (!ways.password && ways.identities.every((id) => id === account.id)) return failure("last_way_in");
    await tx.db.delete(accounts).where(own);
    const { ended, released } = await endSessions(tx, account);
    const elsewhere = await endGrantsElsewhere(tx, account);
    await dropClaimedRoles(tx, account);
    await notifyOfIdentity(tx, account, "disconnected");
    const details = { change: "identity_unlinked", provider: account.provider };
    await recordEvent(tx, { event: "user_updated", subjectId: userId, details });
    return success({
      provider: account.provider,
      endedCurrent: ended.includes(sessionId),
      released: [...released, ...elsewhere],
    });
  });
}

/** An identity may be what makes somebody an administrator. */
async function keepsItsAdministrator(tx: PersonContext, { userId, provider }: Account): Promise<boolean> {
  const { roles } = tx.actor.viewer;
  return !roles.includes("admin") || keepsAdministrator(tx, { userIds: [userId], source: provider });
}

async function endSessions(tx: PersonContext, { userId, issuer, subject }: Account) {
  const which = and(eq(sessions.userId, userId), eq(sessions.issuer, issuer), eq(sessions.subject, subject));
  const revoked = await revokeSessions(tx, which, "identity_unlinked");
  const released: ReleasedGrant[] = [];
  for (const { id } of revoked) released.push(...(await releaseGrants(tx, { sessionId: id })));
  return { ended: revoked.map(({ id }) => id), released };
}

/** Erases the identity's tokens in sessions that were opened in another way. */
async function endGrantsElsewhere(
  tx: PersonContext,
  { userId, issuer, subject }: Account,
): Promise<readonly ReleasedGrant[]> {
  const which = and(
    eq(providerTokens.userId, userId),
    eq(providerTokens.issuer, issuer),
    eq(providerTokens.subject, subject),
    isNull(providerTokens.endedAt),
  );
  const rows = await tx.db.select().from(providerTokens).where(which).for("update");
  await tx.db.delete(providerTokens).where(which);
  return rows.map((row) => ({
    provider: row.provider,
    issuer: row.issuer,
    refreshToken: openGrant(row).refreshToken,
    idToken: null,
  }));
}
