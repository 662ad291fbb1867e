import "server-only";
import { newAttempt } from "./attempt";
import { outcomeOf } from "./failure";
import type { Context } from "@/lib/domain/context";
import { findProviderConfig } from "@/lib/domain/oidc/provider-config";
import type { OutcomeCode } from "@/lib/shared/outcomes";

/**
 * The outcome of an answer that a provider has the browser post (OAuth 2.0 Form Post Response Mode). No sign-in of ours
 * asks for that mode, so nothing in the form is read.
 */
export function refusePostedAnswer(ctx: Context, providerId: string): OutcomeCode {
  const provider = findProviderConfig(providerId);
  const attempt = newAttempt(ctx, provider, null);
  attempt.refusal = provider === null ? "provider_not_configured" : "provider_answer_invalid";
  attempt.error = new Error("the answer came by POST, a response mode that was not asked for");
  return outcomeOf(attempt);
}
