import "server-only";
import { admitPerson, refuseSuspended } from "./admit-person";
import { inTransaction, type Context } from "@/lib/domain/context";
import { createSession } from "@/lib/domain/sessions/create-session";
import { endReplacedSession, type SignedIn } from "@/lib/domain/sessions/end-replaced-session";
import { endProofs, redeemProof, type Proved } from "@/lib/domain/verification/use-proof";
import { failure, success, type Result } from "@/lib/shared/result";

/**
 * Opens a session for a person whose code or link {@link checkEmailProof} has just used up, and ends the session that the
 * browser held before (ASVS 7.2.4). The other half of the mail ends too. A reset of the password meanwhile has ended the
 * proof, and there is no session.
 */
export function signInWithEmail(
  ctx: Context,
  { proved, previousToken }: { proved: Proved; previousToken: string | null },
): Promise<Result<SignedIn, "link_spent" | "account_suspended">> {
  const { userId } = proved;
  return inTransaction(ctx, async (tx) => {
    if (!(await admitPerson(tx, userId))) {
      await refuseSuspended(tx, userId, "email");
      return failure("account_suspended");
    }
    if (!(await redeemProof(tx, proved))) return failure("link_spent");
    await endProofs(tx, { userId, purposes: ["sign_in_code", "sign_in_link"] });
    const released = await endReplacedSession(tx, previousToken);
    return success({ ...(await createSession(tx, { userId, method: "email" })), released });
  });
}
