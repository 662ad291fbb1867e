import "server-only";
import { newAttempt } from "./attempt";
import { passwordProviderId } from "./config";
import { outcomeOf } from "./failure";
import { signInDirectly } from "./sign-in-directly";
import type { Context } from "@/lib/domain/context";
import type { SignInRefusal } from "@/lib/domain/identity/check-password";
import type { SignInInput } from "@/lib/domain/identity/schemas";
import { failure, success, type Result } from "@/lib/shared/result";
import type { OutcomeCode } from "@/lib/shared/outcomes";

/**
 * Signs in with a local account through Auth.js's credentials provider.
 * @returns the value for the session cookie.
 */
export async function passwordSignIn(
  ctx: Context,
  { identifier, password }: SignInInput,
  previousToken: string | null,
): Promise<Result<string, SignInRefusal | { readonly code: OutcomeCode }>> {
  const attempt = newAttempt(ctx, null, previousToken);
  const cookie = await signInDirectly(attempt, passwordProviderId, { identifier, password });
  if (cookie !== null) return success(cookie);
  return failure(attempt.passwordRefusal ?? { code: outcomeOf(attempt) });
}
