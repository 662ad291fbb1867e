import "server-only";
import type { Context } from "@/lib/domain/context";
import type { EmailProof, EmailProofFault } from "@/lib/domain/identity/check-email-proof";
import type { CheckedPassword, SignInRefusal } from "@/lib/domain/identity/check-password";
import type { ConfirmRefusal } from "@/lib/domain/identity/confirm-with-oidc";
import type { OfferRefusal } from "@/lib/domain/linking/offer-identity";
import type { ProviderConfig } from "@/lib/domain/oidc/provider-config";
import type { VerifiedIdentity } from "@/lib/domain/oidc/verify-identity";
import type { ReleasedGrant } from "@/lib/domain/tokens/release-grants";
import type { Proved } from "@/lib/domain/verification/use-proof";
import type { OutcomeCode } from "@/lib/shared/outcomes";
import type { Purpose } from "./purpose";

/**
 * One pass through Auth.js. Auth.js answers every failure with one redirect and no reason, so the reason is noted here
 * on the way; `opened` is set once the session row exists or, for a confirmation, has its new token.
 */
export interface Attempt {
  readonly ctx: Context;
  readonly provider: ProviderConfig | null;
  /** The session token that the browser held before. */
  readonly previousToken: string | null;
  /** Null for a sign-in. */
  purpose: Purpose | null;
  identity: VerifiedIdentity | null;
  password: CheckedPassword | null;
  /** The code or link of a sign-in by mail. */
  readonly emailProof: EmailProof | null;
  proved: Proved | null;
  opened: boolean;
  /** Of the identity that now waits in this browser to be connected. */
  pendingToken: string | null;
  /** Grants of the session that this sign-in replaced, to revoke at their providers. */
  released: readonly ReleasedGrant[];
  /** The reason that our own code opened no session. */
  refusal: OutcomeCode | ConfirmRefusal | OfferRefusal | "identity_waits" | "identity_waits_for_login" | null;
  /** Why a password did not sign in. */
  passwordRefusal: SignInRefusal | { readonly code: "account_suspended" } | null;
  /** Why a code or link did not sign in. */
  emailRefusal: EmailProofFault | "account_suspended" | null;
  /** The error that Auth.js reported. */
  error: unknown;
}

export function newAttempt(
  ctx: Context,
  provider: ProviderConfig | null,
  previousToken: string | null,
  emailProof: EmailProof | null = null,
): Attempt {
  return {
    ctx,
    provider,
    previousToken,
    purpose: null,
    identity: null,
    password: null,
    emailProof,
    proved: null,
    opened: false,
    pendingToken: null,
    released: [],
    refusal: null,
    passwordRefusal: null,
    emailRefusal: null,
    error: null,
  };
}
