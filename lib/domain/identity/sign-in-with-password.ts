import "server-only";
import { inTransaction, type Context } from "@/lib/domain/context";
import { createSession, type NewSession } from "@/lib/domain/sessions/create-session";
import { revokeSessionByToken } from "@/lib/domain/sessions/revoke-session";

/**
 * Opens a session for a person whose password {@link checkPassword} has just confirmed, and ends the session that the
 * browser held before (ASVS 7.2.4).
 */
export function signInWithPassword(
  ctx: Context,
  { userId, previousToken }: { userId: string; previousToken: string | null },
): Promise<NewSession> {
  return inTransaction(ctx, async (tx) => {
    if (previousToken !== null) await revokeSessionByToken(tx, previousToken, "replaced_by_new_sign_in");
    return createSession(tx, { userId });
  });
}
