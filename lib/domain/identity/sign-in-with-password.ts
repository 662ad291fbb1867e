import "server-only";
import { inTransaction, type Context } from "@/lib/domain/context";
import { createSession } from "@/lib/domain/sessions/create-session";
import { endReplacedSession, type SignedIn } from "@/lib/domain/sessions/end-replaced-session";

/**
 * Opens a session for a person whose password {@link checkPassword} has just confirmed, and ends the session that the
 * browser held before (ASVS 7.2.4).
 */
export function signInWithPassword(
  ctx: Context,
  { userId, previousToken }: { userId: string; previousToken: string | null },
): Promise<SignedIn> {
  return inTransaction(ctx, async (tx) => {
    const released = await endReplacedSession(tx, previousToken);
    return { ...(await createSession(tx, { userId })), released };
  });
}
