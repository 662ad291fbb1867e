import "server-only";
import { and, eq } from "drizzle-orm";
import { notifyOfIdentity } from "./notify-of-identity";
import { openTokens } from "./pending-tokens";
import { takePendingIdentity } from "./take-pending-identity";
import { accounts } from "@/db/schema";
import { recordEvent } from "@/lib/domain/audit/record-event";
import { inTransaction, type PersonContext } from "@/lib/domain/context";
import { findProviderOf } from "@/lib/domain/oidc/provider-config";
import { isRecentlyAuthenticated } from "@/lib/domain/sessions/recent-authentication";
import { findGrant } from "@/lib/domain/tokens/grant";
import type { ReleasedGrant } from "@/lib/domain/tokens/release-grants";
import { storeGrant } from "@/lib/domain/tokens/store-grant";
import { failure, success, type Result } from "@/lib/shared/result";

export type LinkRefusal = "authentication_not_recent" | "pending_identity_gone" | "identity_taken";

type Taken = NonNullable<Awaited<ReturnType<typeof takePendingIdentity>>>;

/**
 * Joins the identity that waits in this browser to the person who asks, who has proved lately who they are: identity,
 * tokens and audit row in one transaction. (issuer, subject) belongs to one person: one that somebody else has by now is
 * refused, and stays theirs.
 * @returns grants that nobody keeps, to revoke at their provider.
 */
export async function linkIdentity(
  ctx: PersonContext,
  { token }: { token: string },
): Promise<Result<readonly ReleasedGrant[], LinkRefusal>> {
  if (!isRecentlyAuthenticated(ctx)) return failure("authentication_not_recent");
  return inTransaction(ctx, async (tx) => {
    const pending = await takePendingIdentity(tx, token);
    if (pending === null) return failure("pending_identity_gone");
    const { userId } = tx.actor.viewer;
    const { provider, issuer, subject, claims } = pending;
    const added = await tx.db
      .insert(accounts)
      .values({ userId, provider, issuer, subject, claims, createdAt: tx.now(), lastSignedInAt: tx.now() })
      .onConflictDoNothing({ target: [accounts.issuer, accounts.subject] })
      .returning({ id: accounts.id });
    if (added.length === 0 && !(await isOwn(tx, pending))) return failure("identity_taken");
    const released = await keepTokens(tx, pending);
    if (added.length > 0) {
      await notifyOfIdentity(tx, { userId, provider }, "connected");
      const details = { change: "identity_linked", provider };
      await recordEvent(tx, { event: "user_updated", subjectId: userId, details });
    }
    return success(released);
  });
}

async function isOwn({ db, actor }: PersonContext, { issuer, subject }: Taken): Promise<boolean> {
  const [known] = await db
    .select({ userId: accounts.userId })
    .from(accounts)
    .where(and(eq(accounts.issuer, issuer), eq(accounts.subject, subject)));
  return known?.userId === actor.viewer.userId;
}

/** Keeps the tokens in this session, unless it has some of this provider: those may be another identity's. */
async function keepTokens(tx: PersonContext, pending: Taken): Promise<readonly ReleasedGrant[]> {
  const tokens = openTokens(pending, pending.tokensSealed);
  if (tokens === null) return [];
  const { userId, sessionId } = tx.actor.viewer;
  const provider = findProviderOf(pending);
  const held = await findGrant(tx.db, { sessionId, provider: pending.provider });
  if (provider === null || held !== null) {
    const { provider: id, issuer } = pending;
    return [{ provider: id, issuer, refreshToken: tokens.refreshToken ?? null, idToken: null }];
  }
  await storeGrant(tx, { sessionId, userId, provider, subject: pending.subject, tokens });
  return [];
}
