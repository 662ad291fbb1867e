import "server-only";
import { newAttempt, type Attempt } from "./attempt";
import { cookieHeader, readCookies, type CookieJar } from "./cookie-header";
import { transactionCookieNames } from "./cookies";
import { outcomeOf } from "./failure";
import { runAuth } from "./run";
import { findTransaction, forgetTransaction } from "./transactions";
import type { Context } from "@/lib/domain/context";
import { findProviderConfig, type ProviderConfig } from "@/lib/domain/oidc/provider-config";
import type { OutcomeCode } from "@/lib/shared/outcomes";
import { revokeAfterResponse } from "@/lib/web/revoke-grants";
import { sessionCookieName, sessionTokenFrom } from "@/lib/web/session-cookie";

export type CompletedSignIn = { readonly setCookies: readonly string[] } & (
  | { readonly kind: "signed-in"; /** An address of ours. */ readonly location: string }
  | { readonly kind: "cancelled" }
  | { readonly kind: "failed"; readonly code: OutcomeCode }
);

/**
 * Takes a provider's answer to the sign-in that this browser began with it, once, and opens the session when all of the
 * answer verifies (OpenID Connect Core 3.1.2.5 to 3.1.3.7, RFC 9207).
 */
export async function completeOidcSignIn(
  ctx: Context,
  { providerId, query, headers }: { providerId: string; query: URLSearchParams; headers: Headers },
): Promise<CompletedSignIn> {
  const provider = findProviderConfig(providerId);
  if (provider === null) return { kind: "failed", code: "provider_not_configured", setCookies: [] };
  const jar = readCookies(headers);
  const attempt = newAttempt(ctx, provider, sessionTokenFrom(jar.get(sessionCookieName())));
  const state = query.get("state");
  if (state === null || query.getAll("state").length > 1) return refuse(attempt, "invalid_request", []);
  const transaction = findTransaction(jar, state);
  if (transaction === null) return refuse(attempt, "transaction_lost", []);
  const forgotten = forgetTransaction(jar, state);
  const early = earlyRefusal(provider, query);
  if (early === "cancelled") return { kind: "cancelled", setCookies: forgotten };
  if (early !== null) {
    attempt.error = new Error(`authorization response error: ${(query.get("error") ?? "").slice(0, 100)}`);
    return refuse(attempt, early, forgotten);
  }
  return exchange(attempt, query, transaction, forgotten);
}

async function exchange(
  attempt: Attempt,
  query: URLSearchParams,
  transaction: CookieJar,
  forgotten: readonly string[],
): Promise<CompletedSignIn> {
  try {
    const response = await runAuth(attempt, {
      method: "GET",
      action: `/callback/${attempt.provider?.id ?? ""}`,
      query,
      cookie: cookieHeader(transaction),
    });
    const location = response.headers.get("location");
    if (!attempt.opened || location === null) return refuse(attempt, attempt.refusal, forgotten);
    revokeAfterResponse(attempt.released);
    const plain = transactionCookieNames();
    const others = response.headers
      .getSetCookie()
      .filter((header) => !plain.some((name) => header.startsWith(`${name}=`)));
    return { kind: "signed-in", location, setCookies: [...forgotten, ...others] };
  } catch (error) {
    attempt.error = error;
    return refuse(attempt, null, forgotten);
  }
}

/** What the answer says before any code is exchanged. */
function earlyRefusal(provider: ProviderConfig, query: URLSearchParams): OutcomeCode | "cancelled" | null {
  const issuer = query.get("iss");
  if (issuer !== null && issuer !== provider.issuer) return "issuer_mismatch";
  const error = query.get("error");
  if (error === null) return query.has("code") ? null : "invalid_request";
  return error === "access_denied" ? "cancelled" : "provider_refused";
}

function refuse(attempt: Attempt, code: Attempt["refusal"], setCookies: readonly string[]): CompletedSignIn {
  attempt.refusal = code;
  return { kind: "failed", code: outcomeOf(attempt), setCookies };
}
