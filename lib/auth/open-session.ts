import "server-only";
import type { Account } from "next-auth";
import type { Attempt } from "./attempt";
import { confirmSession } from "./confirm-session";
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
export async function openSession(
  attempt: Attempt,
  userId: string | undefined,
  account: Account | null | undefined,
): Promise<string> {
  const { ctx, previousToken, purpose, identity, provider } = attempt;
  if (provider === null) {
    if (userId === undefined) throw new TypeError("a password sign-in without a user");
    const session = await signInWithPassword(ctx, { userId, previousToken });
    return opened(attempt, session);
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
  const result =
    purpose === null
      ? await signInWithOidc(ctx, { identity, previousToken, tokens })
      : await confirmSession(ctx, { purpose, identity, tokens, token: previousToken });
  if (!result.ok) {
    attempt.refusal = result.error;
    // Nobody keeps the tokens of an identity that did not count.
    if (purpose !== null)
      attempt.released = [
        { provider: provider.id, refreshToken: tokens.refreshToken ?? null, idToken: null },
      ];
    throw new Error(`sign-in refused: ${result.error}`);
  }
  return opened(attempt, result.value);
}

function opened(attempt: Attempt, { token, released }: Pick<SignedIn, "token" | "released">): string {
  attempt.opened = true;
  attempt.released = released;
  return token;
}
