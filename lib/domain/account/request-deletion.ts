import "server-only";
import { eq } from "drizzle-orm";
import { graceDays } from "./deletion-policy";
import { notifyPerson } from "./notify-person";
import { sessions, users } from "@/db/schema";
import { keepsAdministrator } from "@/lib/domain/access/last-administrator";
import { recordEvent } from "@/lib/domain/audit/record-event";
import { inTransaction, type PersonContext } from "@/lib/domain/context";
import { isRecentlyAuthenticated } from "@/lib/domain/sessions/recent-authentication";
import { endSessions } from "@/lib/domain/sessions/end-sessions";
import { stillLives } from "@/lib/domain/sessions/still-lives";
import type { ReleasedGrant } from "@/lib/domain/tokens/release-grants";
import { failure, success, type Result } from "@/lib/shared/result";

const dayMilliseconds = 24 * 60 * 60 * 1_000;

/**
 * Asks for the account to be deleted: every session ends now, everything else goes when the days of grace are over. A
 * sign-in before then keeps the account ({@link keepAccount}).
 * @returns when that is, and the grants that are left to revoke at their providers.
 */
export async function requestDeletion(
  ctx: PersonContext,
): Promise<
  Result<
    { readonly due: Date; readonly released: readonly ReleasedGrant[] },
    "authentication_not_recent" | "session_ended" | "last_administrator"
  >
> {
  if (!isRecentlyAuthenticated(ctx)) return failure("authentication_not_recent");
  const { userId } = ctx.actor.viewer;
  return inTransaction(ctx, async (tx) => {
    await tx.db.select({ id: users.id }).from(users).where(eq(users.id, userId)).for("no key update");
    if (!(await stillLives(tx))) return failure("session_ended");
    if (!(await keepsAdministrator(tx, { userIds: [userId] }))) return failure("last_administrator");
    const due = new Date(tx.now().getTime() + graceDays * dayMilliseconds);
    await tx.db.update(users).set({ deletionDueAt: due }).where(eq(users.id, userId));
    const released = await endSessions(tx, eq(sessions.userId, userId), "account_deletion");
    await notifyPerson(tx, userId, {
      kind: "deletion_asked",
      subject: "Your account will be deleted",
      paragraphs: [
        `Your account is closed, and everything in it will be deleted in ${String(graceDays)} days.`,
        "To keep it, log in before then. There is nothing else to do.",
      ],
    });
    await recordEvent(tx, {
      event: "user_updated",
      subjectId: userId,
      details: { change: "deletion_asked" },
    });
    return success({ due, released });
  });
}
