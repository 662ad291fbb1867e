import "server-only";
import { and, eq, isNull, sql } from "drizzle-orm";
import { belongsToAnother } from "./address-owner";
import { users } from "@/db/schema";
import { syncConfiguredAdministrator } from "@/lib/domain/access/configured-administrator";
import { recordEvent } from "@/lib/domain/audit/record-event";
import { inTransaction, type PersonContext } from "@/lib/domain/context";
import { consumeLink, peekLink } from "@/lib/domain/verification/use-proof";
import { isUniqueViolation } from "@/lib/platform/database-errors";
import { failure, success, type Result } from "@/lib/shared/result";

/** `other_account`: the link is good, and for somebody else than the person who is signed in. */
export type ConfirmationFault = "link_spent" | "other_account";

/** What the page of a link shows before the person presses its button. It uses nothing up. */
export async function previewConfirmation(
  ctx: PersonContext,
  { token }: { token: string },
): Promise<Result<{ readonly email: string }, ConfirmationFault>> {
  const proof = await peekLink(ctx, { purpose: "verify_email", token });
  if (proof === null) return failure("link_spent");
  if (proof.userId !== ctx.actor.viewer.userId) return failure("other_account");
  // Another account has proved the address since the link was sent.
  return (await belongsToAnother(ctx, proof)) ? failure("link_spent") : success({ email: proof.email });
}

/**
 * Proves the address of the person who asks, by the link that was sent to it. The link alone is not enough: whoever opened
 * an account with somebody else's address could wait for its owner to press the button.
 */
export async function confirmEmail(
  ctx: PersonContext,
  { token }: { token: string },
): Promise<Result<{ readonly email: string }, ConfirmationFault>> {
  const preview = await previewConfirmation(ctx, { token });
  if (!preview.ok) return preview;
  const { userId } = ctx.actor.viewer;
  try {
    return await inTransaction(ctx, async (tx) => {
      const proof = await consumeLink(tx, { purpose: "verify_email", token });
      if (proof?.userId !== userId) return failure("link_spent");
      const { email } = proof;
      const changed = await tx.db
        .update(users)
        .set({ emailVerified: tx.now(), updatedAt: tx.now() })
        .where(
          and(
            eq(users.id, userId),
            eq(sql`lower(${users.email})`, email.toLowerCase()),
            isNull(users.emailVerified),
          ),
        )
        .returning({ id: users.id });
      if (changed.length === 0) return failure("link_spent");
      await syncConfiguredAdministrator(tx, userId);
      await recordEvent(tx, {
        event: "user_updated",
        subjectId: userId,
        details: { change: "email_proved" },
      });
      return success({ email });
    });
  } catch (error) {
    // Or does at this very moment.
    if (isUniqueViolation(error, "users_verified_email_key")) return failure("link_spent");
    throw error;
  }
}
