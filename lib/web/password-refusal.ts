import "server-only";
import type { ApiRefusal } from "./api-answer";
import { passwordRefusalMessage } from "./password-refusal-message";
import type { SignInRefusal } from "@/lib/domain/identity/check-password";
import type { OutcomeCode } from "@/lib/shared/outcomes";

/** What the API says when a password did not sign in; the same for known and unknown people. */
export function passwordRefusal(
  refusal: SignInRefusal | { readonly code: OutcomeCode },
  reference: string,
): ApiRefusal<SignInRefusal["code"] | "temporarily_unavailable" | "unexpected"> {
  const message = passwordRefusalMessage(refusal, reference);
  if (refusal.code === "rate_limited")
    return { code: refusal.code, message, headers: { "Retry-After": String(refusal.retryAfterSeconds) } };
  if (refusal.code === "overloaded" || refusal.code === "temporarily_unavailable")
    return { code: refusal.code, message, headers: { "Retry-After": "2" } };
  return { code: refusal.code === "invalid_credentials" ? refusal.code : "unexpected", message };
}
