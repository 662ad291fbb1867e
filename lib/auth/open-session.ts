import "server-only";
import type { Account } from "next-auth";
import type { Attempt } from "./attempt";
import { confirmSession } from "./confirm-session";
import { offerToSession } from "./offer-to-session";
import type { Answered } from "./session-that-asked";
import { signInWithEmail } from "@/lib/domain/identity/sign-in-with-email";
import { signInWithOidc } from "@/lib/domain/identity/sign-in-with-oidc";
import { signInWithPassword } from "@/lib/domain/identity/sign-in-with-password";
import { ProviderError } from "@/lib/domain/oidc/provider-error";
import type { SignedIn } from "@/lib/domain/sessions/end-replaced-session";
import { verifyIdentity } from "@/lib/domain/oidc/verify-identity";

/** Whether a sign-in may go on: for a provider's answer, only once all of it is verified. */
export async function verifyCallback(
  attempt: Attempt,
  account: Account | null | undefined,
): Promise<boolean> {
  if (attempt.provider === null) return account?.type === "credentials";
  try {
    attempt.identity = await verifyIdentity(attempt.provider, {
      idToken: account?.id_token,
      accessToken: account?.access_token,
      tokenType: account?.token_type,
    });
    return true;
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    attempt.refusal = error.code;
    attempt.error = error;
    return false;
  }
}

/**
 * Opens the session, or confirms the one there is, and gives back its token.
 * @throws when the person may not sign in; the attempt holds the reason.
 */
export async function openSession(attempt: Attempt, account: Account | null | undefined): Promise<string> {
  const { ctx, previousToken, purpose, identity, password, provider } = attempt;
  if (provider === null) {
    if (attempt.proved !== null) {
      const session = await signInWithEmail(ctx, { proved: attempt.proved, previousToken });
      if (session.ok) return opened(attempt, session.value);
      attempt.emailRefusal = session.error;
      throw new Error(`sign-in refused: ${session.error}`);
    }
    if (password === null) throw new TypeError("a sign-in that was not checked");
    const session = await signInWithPassword(ctx, { checked: password, previousToken });
    if (session.ok) return opened(attempt, session.value);
    attempt.passwordRefusal = { code: session.error };
    throw new Error(`sign-in refused: ${session.error}`);
  }
  if (identity === null || account?.access_token === undefined)
    throw new TypeError("a provider sign-in that was not verified");
  const tokens = {
    accessToken: account.access_token,
    refreshToken: account.refresh_token,
    idToken: account.id_token,
    scope: account.scope,
    expiresInSeconds: account.expires_in,
  };
  if (purpose !== null) return await forPurpose(attempt, { purpose, identity, tokens, token: previousToken });
  const result = await signInWithOidc(ctx, { identity, previousToken, tokens });
  if (!result.ok) {
    const { error } = result;
    if (error.code === "account_exists") attempt.pendingToken = error.pendingToken;
    return refuse(attempt, error.code);
  }
  return opened(attempt, result.value);
}

function opened(attempt: Attempt, { token, released }: Pick<SignedIn, "token" | "released">): string {
  attempt.opened = true;
  attempt.released = released;
  return token;
}

/** Does what a session that there is asked the provider for. */
async function forPurpose(attempt: Attempt, input: Answered): Promise<string> {
  const { identity, tokens } = input;
  // Nobody keeps the tokens of an identity that does not count.
  attempt.released = [
    {
      ...{ provider: identity.provider.id, issuer: identity.issuer },
      ...{ refreshToken: tokens.refreshToken ?? null, idToken: null },
    },
  ];
  if (input.purpose.kind === "confirm") {
    const confirmed = await confirmSession(attempt.ctx, input);
    return confirmed.ok ? opened(attempt, confirmed.value) : refuse(attempt, confirmed.error);
  }
  const offered = await offerToSession(attempt.ctx, input);
  if (!offered.ok) return refuse(attempt, offered.error);
  attempt.released = [];
  attempt.pendingToken = offered.value.token;
  return refuse(attempt, offered.value.loggedOut ? "identity_waits_for_login" : "identity_waits");
}

function refuse(attempt: Attempt, reason: NonNullable<Attempt["refusal"]>): never {
  attempt.refusal = reason;
  throw new Error(`no session: ${reason}`);
}
