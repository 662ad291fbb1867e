import "server-only";
import { isBreached } from "./breached-passwords";
import { refusePassword } from "./refuse-password";
import type { SignUpInput } from "./schemas";
import { admitSignUp } from "./sign-up-limits";
import { sendConfirmation } from "./send-confirmation";
import { credentials, userRoles, users } from "@/db/schema";
import { recordEvent } from "@/lib/domain/audit/record-event";
import { inTransaction, type Context } from "@/lib/domain/context";
import { isUniqueViolation } from "@/lib/platform/database-errors";
import { HashingOverloadedError, hashPassword } from "@/lib/platform/hashing/password-hash";
import type { PasswordRefusal } from "@/lib/shared/password-refusals";
import { failure, success, type Result } from "@/lib/shared/result";

export type SignUpFailure =
  | { readonly code: "username_taken" | "overloaded" | PasswordRefusal }
  | { readonly code: "rate_limited"; readonly retryAfterSeconds: number };

/**
 * Makes a local account with the role `user` that claims an e-mail address, and sends the link that proves it. It does not
 * sign in. Whether the address is known makes no difference to the answer: only the mail says so.
 */
export async function signUp(
  ctx: Context,
  { username, email, name, password }: SignUpInput,
): Promise<Result<{ userId: string }, SignUpFailure>> {
  const refusal = refusePassword(password, [username, email, ...(name === null ? [] : [name])]);
  if (refusal !== null) return failure({ code: refusal });
  const retryAfterSeconds = await admitSignUp(ctx);
  if (retryAfterSeconds !== null) return failure({ code: "rate_limited", retryAfterSeconds });
  if (await isBreached(ctx, password)) return failure({ code: "breached" });
  try {
    const passwordHash = await hashPassword(password);
    return await inTransaction(ctx, async (tx) => {
      const [user] = await tx.db
        .insert(users)
        .values({ username, email, name, createdAt: ctx.now() })
        .returning({ id: users.id });
      if (user === undefined) throw new Error("the user row was not returned");
      const userId = user.id;
      await tx.db.insert(credentials).values({ userId, passwordHash, changedAt: ctx.now() });
      await tx.db.insert(userRoles).values({ userId, role: "user" });
      await sendConfirmation(tx, { userId, username, email });
      await recordEvent(tx, { event: "user_created", subjectId: userId, details: { method: "password" } });
      return success({ userId });
    });
  } catch (error) {
    if (error instanceof HashingOverloadedError) return failure({ code: "overloaded" });
    if (isUniqueViolation(error, "users_username_lower_key")) return failure({ code: "username_taken" });
    throw error;
  }
}
