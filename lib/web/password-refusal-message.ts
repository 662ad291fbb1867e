import "server-only";
import { formFailure } from "./form-failure";
import { waitMessage } from "./wait-message";
import type { SignInRefusal } from "@/lib/domain/identity/check-password";
import type { OutcomeCode } from "@/lib/shared/outcomes";

/** What a form says when a password did not sign in; the same for known and unknown people. */
export function passwordRefusalMessage(
  refusal: SignInRefusal | { readonly code: OutcomeCode },
  reference: string,
): string {
  if (refusal.code === "invalid_credentials")
    return "The user name, e-mail address or password is not right.";
  if (refusal.code === "overloaded")
    return "Very many people are signing in right now. Try again in a few seconds.";
  if (refusal.code === "rate_limited")
    return waitMessage("Too many failed attempts.", refusal.retryAfterSeconds, reference);
  return formFailure(refusal.code, reference);
}
