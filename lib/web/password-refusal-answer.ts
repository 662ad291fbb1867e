import "server-only";
import { apiFailure } from "./api-answer";
import { apiUnavailable } from "./api-guard";
import { passwordRefusalMessage } from "./password-refusal-message";
import type { SignInRefusal } from "@/lib/domain/identity/check-password";
import { outcomes, type OutcomeCode } from "@/lib/shared/outcomes";

/** The API's answer when a password did not sign in; the same for known and unknown people. */
export function passwordRefusalAnswer(
  refusal: SignInRefusal | { readonly code: OutcomeCode },
  reference: string,
): Response {
  const message = passwordRefusalMessage(refusal, reference);
  if (refusal.code === "invalid_credentials")
    return apiFailure(401, refusal.code, message, { "WWW-Authenticate": 'Bearer realm="gatehouse"' });
  if (refusal.code === "rate_limited")
    return apiFailure(429, refusal.code, message, { "Retry-After": String(refusal.retryAfterSeconds) });
  if (refusal.code === "overloaded") return apiFailure(503, refusal.code, message, { "Retry-After": "2" });
  if (refusal.code === "temporarily_unavailable") return apiUnavailable();
  return apiFailure(outcomes[refusal.code].status, refusal.code, message);
}
