import "server-only";
import { and, eq } from "drizzle-orm";
import { admitPerson, refuseSuspended } from "./admit-person";
import type { CheckedPassword } from "./check-password";
import { credentials } from "@/db/schema";
import { inTransaction, type Context } from "@/lib/domain/context";
import { createSession } from "@/lib/domain/sessions/create-session";
import { endReplacedSession, type SignedIn } from "@/lib/domain/sessions/end-replaced-session";
import { failure, success, type Result } from "@/lib/shared/result";

/**
 * Opens a session for a person whose password {@link checkPassword} has just confirmed, and ends the session that the
 * browser held before (ASVS 7.2.4). A password that was changed meanwhile counts no more: the reset that ends every session
 * would not see this one.
 */
export function signInWithPassword(
  ctx: Context,
  { checked, previousToken }: { checked: CheckedPassword; previousToken: string | null },
): Promise<Result<SignedIn, "invalid_credentials" | "account_suspended">> {
  const { userId, passwordHash } = checked;
  return inTransaction(ctx, async (tx) => {
    const [current] = await tx.db
      .select({ userId: credentials.userId })
      .from(credentials)
      .where(and(eq(credentials.userId, userId), eq(credentials.passwordHash, passwordHash)))
      .for("share");
    if (current === undefined) return failure("invalid_credentials");
    if (!(await admitPerson(tx, userId))) {
      await refuseSuspended(tx, userId, "password");
      return failure("account_suspended");
    }
    const released = await endReplacedSession(tx, previousToken);
    return success({ ...(await createSession(tx, { userId })), released });
  });
}
