import "server-only";
import { newAttempt } from "./attempt";
import { passwordProviderId } from "./config";
import { outcomeOf } from "./failure";
import { runAuth } from "./run";
import type { Context } from "@/lib/domain/context";
import type { SignInRefusal } from "@/lib/domain/identity/check-password";
import type { SignInInput } from "@/lib/domain/identity/schemas";
import { failure, success, type Result } from "@/lib/shared/result";
import type { OutcomeCode } from "@/lib/shared/outcomes";
import { revokeAfterResponse } from "@/lib/web/revoke-grants";
import { sessionCookieName } from "@/lib/web/session-cookie";

/**
 * Signs in with a local account through Auth.js's credentials provider.
 * @returns the value for the session cookie.
 */
export async function passwordSignIn(
  ctx: Context,
  input: SignInInput,
  previousToken: string | null,
): Promise<Result<string, SignInRefusal | { readonly code: OutcomeCode }>> {
  const attempt = newAttempt(ctx, null, previousToken);
  try {
    const form = { identifier: input.identifier, password: input.password };
    const response = await runAuth(attempt, {
      method: "POST",
      action: `/callback/${passwordProviderId}`,
      form,
    });
    const cookie = response.headers
      .getSetCookie()
      .find((header) => header.startsWith(`${sessionCookieName()}=`));
    const value = cookie?.slice(sessionCookieName().length + 1).split(";")[0];
    if (attempt.opened && value !== undefined) {
      revokeAfterResponse(attempt.released);
      return success(decodeURIComponent(value));
    }
  } catch (error) {
    attempt.error = error;
  }
  return failure(attempt.passwordRefusal ?? { code: outcomeOf(attempt) });
}
