import "server-only";
import { eq } from "drizzle-orm";
import { actOn, type ActionFault } from "./act-on";
import { endSessionsOf } from "./end-person-sessions";
import { users } from "@/db/schema";
import { keepsAdministrator } from "@/lib/domain/access/last-administrator";
import { graceDays } from "@/lib/domain/account/deletion-policy";
import { notifyPerson } from "@/lib/domain/account/notify-person";
import { recordEvent } from "@/lib/domain/audit/record-event";
import type { PersonContext } from "@/lib/domain/context";
import type { ReleasedGrant } from "@/lib/domain/tokens/release-grants";
import { endProofs } from "@/lib/domain/verification/use-proof";
import { failure, success, type Result } from "@/lib/shared/result";

const dayMilliseconds = 24 * 60 * 60 * 1_000;

export interface Closed {
  /** When everything is deleted. */
  readonly due: Date;
  /** What is left to revoke at the providers. */
  readonly released: readonly ReleasedGrant[];
}

/**
 * Closes a person's account, to be deleted when the days of grace are over. A sign-in of theirs before then keeps it, as
 * when they asked for it themselves; who must not come back is suspended as well.
 */
export function closeAccount(
  ctx: PersonContext,
  { userId }: { userId: string },
): Promise<Result<Closed, ActionFault | "last_administrator">> {
  return actOn(ctx, { permission: "delete:users", userId }, async (tx, person) => {
    if (!(await keepsAdministrator(tx, { userIds: [userId] }))) return failure("last_administrator");
    if (person.deletionDueAt !== null) return success({ due: person.deletionDueAt, released: [] });
    const due = new Date(tx.now().getTime() + graceDays * dayMilliseconds);
    await tx.db.update(users).set({ deletionDueAt: due, updatedAt: tx.now() }).where(eq(users.id, userId));
    await endProofs(tx, { userId });
    const released = await endSessionsOf(tx, userId, "account_deletion");
    await notifyPerson(tx, userId, {
      kind: "deletion_asked",
      subject: "Your account will be deleted",
      paragraphs: [
        `An administrator has closed your account. Everything in it will be deleted in ${String(graceDays)} days.`,
        "To keep it, log in before then.",
      ],
    });
    await recordEvent(tx, {
      event: "user_updated",
      subjectId: userId,
      details: { change: "deletion_asked", before: { deletionDueAt: null }, after: { deletionDueAt: due } },
    });
    return success({ due, released });
  });
}

/** Takes the closing of an account back. @returns false when it was not closed. */
export function reopenAccount(
  ctx: PersonContext,
  { userId }: { userId: string },
): Promise<Result<boolean, ActionFault>> {
  return actOn(ctx, { permission: "delete:users", userId }, async (tx, { deletionDueAt }) => {
    if (deletionDueAt === null) return success(false);
    await tx.db.update(users).set({ deletionDueAt: null, updatedAt: tx.now() }).where(eq(users.id, userId));
    await recordEvent(tx, {
      event: "user_updated",
      subjectId: userId,
      details: { change: "deletion_undone", before: { deletionDueAt }, after: { deletionDueAt: null } },
    });
    return success(true);
  });
}
