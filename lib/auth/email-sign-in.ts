import "server-only";
import { newAttempt } from "./attempt";
import { emailProviderId } from "./config";
import { outcomeOf } from "./failure";
import { signInDirectly } from "./sign-in-directly";
import type { Context } from "@/lib/domain/context";
import type { EmailProof } from "@/lib/domain/identity/check-email-proof";
import { failure, success, type Result } from "@/lib/shared/result";
import type { OutcomeCode } from "@/lib/shared/outcomes";

/**
 * Signs in by a code or link that was sent by mail.
 * @returns the value for the session cookie.
 */
export async function emailSignIn(
  ctx: Context,
  proof: EmailProof,
  previousToken: string | null,
): Promise<Result<string, OutcomeCode | "wrong_code">> {
  const attempt = newAttempt(ctx, null, previousToken, proof);
  const cookie = await signInDirectly(attempt, emailProviderId, {});
  if (cookie !== null) return success(cookie);
  return failure(attempt.emailRefusal ?? outcomeOf(attempt));
}
