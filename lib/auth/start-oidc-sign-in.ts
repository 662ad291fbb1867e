import "server-only";
import { newAttempt } from "./attempt";
import { rememberBeginning } from "./beginnings";
import { readCookies } from "./cookie-header";
import { outcomeOf } from "./failure";
import { purposeCookie } from "./purpose";
import { runAuth } from "./run";
import { signInKey } from "./state-suffix";
import { makeRoom, nameTransaction } from "./transactions";
import type { Context } from "@/lib/domain/context";
import { findProviderConfig, type ProviderConfig } from "@/lib/domain/oidc/provider-config";
import { pushAuthorizationRequest } from "@/lib/domain/oidc/push-authorization-request";
import type { StartParameters } from "@/lib/shared/start-parameters";
import { failure, success, type Result } from "@/lib/shared/result";
import type { OutcomeCode } from "@/lib/shared/outcomes";

export interface StartInput {
  readonly providerId: string;
  /**
   * `confirm` asks the person of a live session to prove anew who they are, `link` to sign in with an identity that they
   * want to connect.
   */
  readonly intent:
    | { readonly kind: "sign-in" | "sign-up" }
    | { readonly kind: "confirm" | "link"; readonly sessionId: string };
  /** Validated already. */
  readonly returnTo: string | null;
  /** What to ask the provider for besides, for example a fresh sign-in (`max_age`). */
  readonly parameters: StartParameters;
  /** It takes the place of one that was lost; it will not be replaced in turn. */
  readonly restarted?: boolean;
  /** Of the browser's request, for its cookies. */
  readonly headers: Headers;
}

export interface StartedSignIn {
  /** The authorization request (OpenID Connect Core 3.1.2.1). */
  readonly location: string;
  readonly setCookies: readonly string[];
}

/** Begins a sign-in at a provider: PKCE, state and nonce in cookies of its own, and the address to send the browser to. */
export async function startOidcSignIn(
  ctx: Context,
  { providerId, intent, returnTo, parameters, restarted = false, headers }: StartInput,
): Promise<Result<StartedSignIn, OutcomeCode>> {
  const provider = findProviderConfig(providerId);
  if (provider === null) return failure("provider_not_configured");
  const attempt = newAttempt(ctx, provider, null);
  try {
    const response = await runAuth(attempt, {
      method: "POST",
      action: `/signin/${provider.id}`,
      query: new URLSearchParams({ ...parameters, ...intentParameters(provider, intent) }),
      form: { callbackUrl: returnTo ?? "" },
    });
    const location = response.headers.get("location");
    const state =
      location !== null && URL.canParse(location) ? new URL(location).searchParams.get("state") : null;
    if (location === null || state === null) return failure(outcomeOf(attempt));
    const jar = readCookies(headers);
    const now = ctx.now();
    const transaction = response.headers.getSetCookie();
    if ("sessionId" in intent)
      transaction.push(purposeCookie({ ...intent, startedAt: now, returnTo }, state));
    const key = signInKey(provider.id, state);
    // What a session asked for is not begun anew when it is lost: it would come back as a sign-in.
    const beginning = { provider: provider.id, returnTo, parameters, restarted };
    return success({
      location: await pushAuthorizationRequest(provider, location),
      setCookies: [
        ...makeRoom(jar),
        ...nameTransaction(transaction, key, now),
        ...("sessionId" in intent ? [] : rememberBeginning(jar, key, now, beginning)),
      ],
    });
  } catch (error) {
    attempt.error = error;
    return failure(outcomeOf(attempt));
  }
}

function intentParameters(
  provider: ProviderConfig,
  { kind }: StartInput["intent"],
): Readonly<Record<string, string>> {
  switch (kind) {
    case "sign-in":
      return {};
    case "sign-up":
      return provider.signUp ?? {};
    case "confirm":
    case "link":
      // Both say the same; there are providers that know only one. Where consent is part of the configured prompt, a
      // strict provider would give no refresh token without it.
      return { max_age: "0", prompt: provider.prompt === "consent" ? "login consent" : "login" };
  }
}
