import "server-only";
import { addressKnownMail, confirmEmailMail } from "./account-mails";
import { belongsToAnother } from "./address-owner";
import { inTransaction, type Context, type PersonContext } from "@/lib/domain/context";
import { mailProof } from "@/lib/domain/verification/mail-proof";

interface Claim {
  readonly userId: string;
  readonly username: string;
  readonly email: string;
}

/**
 * Sends the link that proves a claimed address, or, where the address belongs to another account, word of that. Both are
 * the same work, and the claimant learns from neither which it was. Call it in the transaction of the claim.
 */
export async function sendConfirmation(
  tx: Context,
  { userId, username, email }: Claim,
): Promise<"queued" | "capped" | "off"> {
  const known = await belongsToAnother(tx, { email, userId });
  const { kind } = await mailProof(tx, {
    kind: "confirm_email",
    to: email,
    proofs: [{ purpose: "verify_email", userId: known ? null : userId, email }],
    content: ([proof]) =>
      known ? addressKnownMail({ username }) : confirmEmailMail({ username, token: proof?.secret ?? "" }),
  });
  return kind;
}

/** Sends it again for the person who asks. */
export function sendConfirmationAgain(ctx: PersonContext): Promise<"queued" | "capped" | "off" | "proved"> {
  const { userId, username, email, emailVerified } = ctx.actor.viewer;
  if (email === null || emailVerified) return Promise.resolve("proved");
  return inTransaction(ctx, (tx) => sendConfirmation(tx, { userId, username: username ?? email, email }));
}
