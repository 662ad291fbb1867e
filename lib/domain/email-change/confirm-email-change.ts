import "server-only";
import { and, eq, ne } from "drizzle-orm";
import { emailChangedMail } from "./email-change-mails";
import { lockPerson, type LockedPerson } from "./lock-person";
import { sessions, users } from "@/db/schema";
import { recordEvent } from "@/lib/domain/audit/record-event";
import { inTransaction, type PersonContext } from "@/lib/domain/context";
import { belongsToAnother } from "@/lib/domain/identity/address-owner";
import type { ConfirmationFault } from "@/lib/domain/identity/confirm-email";
import { queueMail } from "@/lib/domain/mail/queue-mail";
import { endSessions } from "@/lib/domain/sessions/end-sessions";
import type { ReleasedGrant } from "@/lib/domain/tokens/release-grants";
import { mailProof } from "@/lib/domain/verification/mail-proof";
import { proofPolicies } from "@/lib/domain/verification/proof-policy";
import { consumeLink, endProofs, findOpenProof, peekLink } from "@/lib/domain/verification/use-proof";
import { isUniqueViolation } from "@/lib/platform/database-errors";
import { failure, success, type Result } from "@/lib/shared/result";

/** Nothing is changed unless the address of before hears of it. */
class NobodyTold extends Error {}

/** What the page of the link shows before the person presses its button. It uses nothing up. */
export async function previewEmailChange(
  ctx: PersonContext,
  { token }: { token: string },
): Promise<Result<{ readonly email: string }, ConfirmationFault>> {
  const proof = await peekLink(ctx, { purpose: "change_email", token });
  if (proof === null) return failure("link_spent");
  if (proof.userId !== ctx.actor.viewer.userId) return failure("other_account");
  // Another account has proved the address since the link was sent.
  return (await belongsToAnother(ctx, proof)) ? failure("link_spent") : success({ email: proof.email });
}

/**
 * Gives the person who asks the address that the link was sent to, proved by it; the link alone, or the session alone, is
 * not enough. What was mailed to the address of before opens nothing any more, every other session ends, and a proved
 * address of before gets word with a link that undoes it ({@link undoEmailChange}).
 * @returns grants of the ended sessions, to revoke at their providers. `capped`: the address of before has had too many
 *   such mails within the hour; the link stays good.
 */
export async function confirmEmailChange(
  ctx: PersonContext,
  { token }: { token: string },
): Promise<Result<readonly ReleasedGrant[], ConfirmationFault | "capped">> {
  const preview = await previewEmailChange(ctx, { token });
  if (!preview.ok) return preview;
  const { userId, sessionId } = ctx.actor.viewer;
  try {
    return await inTransaction(ctx, async (tx) => {
      const before = await lockPerson(tx, userId);
      const proof = before === null ? null : await consumeLink(tx, { purpose: "change_email", token });
      if (before === null || proof === null) return failure("link_spent");
      await tx.db
        .update(users)
        .set({ email: proof.email, emailVerified: tx.now(), updatedAt: tx.now() })
        .where(eq(users.id, userId));
      await endProofs(tx, { userId });
      await tellFormerAddress(tx, before);
      const others = and(eq(sessions.userId, userId), ne(sessions.id, sessionId));
      const released = await endSessions(tx, others, "email_changed");
      const details = { change: "email_changed" };
      await recordEvent(tx, { event: "user_updated", subjectId: userId, details });
      return success(released);
    });
  } catch (error) {
    if (error instanceof NobodyTold) return failure("capped");
    // Another account proves the address at this very moment.
    if (isUniqueViolation(error, "users_verified_email_key")) return failure("link_spent");
    throw error;
  }
}

/**
 * An address that nobody proved may be a stranger's, who gets no word and no link. While a link of an earlier change is
 * good, no other is made: the oldest address within three days decides, whoever has taken the account since.
 */
async function tellFormerAddress(
  tx: PersonContext,
  { username, email, proved }: LockedPerson,
): Promise<void> {
  if (email === null || !proved) return;
  const { userId } = tx.actor.viewer;
  const purpose = "undo_email_change";
  const { lifetimeSeconds } = proofPolicies[purpose];
  const usefulUntil = new Date(tx.now().getTime() + lifetimeSeconds * 1000);
  const kind = "email_changed";
  const older = await findOpenProof(tx, { purpose, userId });
  const answer =
    older === null
      ? await mailProof(tx, {
          kind,
          to: email,
          proofs: [{ purpose, userId, email }],
          content: ([proof]) =>
            emailChangedMail({ username, undo: { token: proof?.secret ?? "", until: usefulUntil } }),
        }).then((mailed) => mailed.kind)
      : await queueMail(tx, {
          kind,
          to: email,
          content: emailChangedMail({ username, undo: null }),
          usefulUntil,
        });
  if (answer !== "queued") throw new NobodyTold();
}
