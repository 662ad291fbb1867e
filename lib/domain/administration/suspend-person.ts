import "server-only";
import { eq } from "drizzle-orm";
import { actOn, type ActionFault } from "./act-on";
import { endSessionsOf } from "./end-person-sessions";
import { users } from "@/db/schema";
import { keepsAdministrator } from "@/lib/domain/access/last-administrator";
import { notifyPerson } from "@/lib/domain/account/notify-person";
import { recordEvent } from "@/lib/domain/audit/record-event";
import type { PersonContext } from "@/lib/domain/context";
import type { ReleasedGrant } from "@/lib/domain/tokens/release-grants";
import { endProofs } from "@/lib/domain/verification/use-proof";
import { failure, success, type Result } from "@/lib/shared/result";

interface Input {
  readonly userId: string;
  /** For those who run the site; the person is not told. */
  readonly reason: string;
  /** When it ends by itself; null when somebody has to end it. */
  readonly until: Date | null;
}

/**
 * Keeps a person out: every session, grant, link and code of theirs ends now (ASVS 7.4.2), and no way of signing in works
 * until it is over.
 * @returns the grants that are left to revoke at their providers.
 */
export function suspendPerson(
  ctx: PersonContext,
  { userId, reason, until }: Input,
): Promise<Result<readonly ReleasedGrant[], ActionFault | "last_administrator">> {
  return actOn(ctx, { permission: "suspend:users", userId }, async (tx, person) => {
    if (!(await keepsAdministrator(tx, { userIds: [userId] }))) return failure("last_administrator");
    const now = tx.now();
    await tx.db
      .update(users)
      .set({
        status: "suspended",
        suspendedAt: now,
        suspendedUntil: until,
        suspensionReason: reason,
        updatedAt: now,
      })
      .where(eq(users.id, userId));
    await endProofs(tx, { userId });
    const released = await endSessionsOf(tx, userId, "suspended");
    await notifyPerson(tx, userId, {
      kind: "suspended",
      subject: "Your account is suspended",
      paragraphs: [
        until === null
          ? "You are logged out everywhere and cannot log in for now."
          : `You are logged out everywhere and cannot log in until ${until.toISOString().slice(0, 10)}.`,
        "The people who run this site can tell you why.",
      ],
    });
    await recordEvent(tx, {
      event: "user_updated",
      subjectId: userId,
      details: {
        change: "suspended",
        before: suspensionOf(person),
        after: { status: "suspended", until, reason },
      },
    });
    return success(released);
  });
}

/** What the log keeps of a suspension. */
export function suspensionOf(
  person: Pick<typeof users.$inferSelect, "status" | "suspendedUntil" | "suspensionReason">,
) {
  return { status: person.status, until: person.suspendedUntil, reason: person.suspensionReason };
}
