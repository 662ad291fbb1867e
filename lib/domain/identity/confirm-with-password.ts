import "server-only";
import { checkPassword, type SignInRefusal } from "./check-password";
import { inTransaction, type PersonContext } from "@/lib/domain/context";
import { renewSession } from "@/lib/domain/sessions/renew-session";
import { failure, success, type Result } from "@/lib/shared/result";

interface Input {
  readonly password: string;
  /** The token that the browser holds. */
  readonly token: string;
}

/**
 * Confirms by the password that the person is still the one who signed in, and gives the session a new token. A wrong
 * password counts as a failed sign-in.
 */
export async function confirmWithPassword(
  ctx: PersonContext,
  { password, token }: Input,
): Promise<Result<{ readonly token: string }, SignInRefusal | { readonly code: "session_ended" }>> {
  const { userId, username, email } = ctx.actor.viewer;
  const checked = await checkPassword(ctx, { identifier: username ?? email ?? "", password });
  if (!checked.ok) return checked;
  if (checked.value.userId !== userId) return failure({ code: "invalid_credentials" });
  const confirmedAt = ctx.now();
  const renewed = await inTransaction(ctx, (tx) =>
    renewSession(tx, { token, confirmedAt, method: "password" }),
  );
  return renewed === null ? failure({ code: "session_ended" }) : success({ token: renewed.token });
}
