import "server-only";
import { newAttempt, type Attempt } from "./attempt";
import { findBeginning, forgetBeginning, type Beginning } from "./beginnings";
import { cookieHeader, readCookies, type CookieJar } from "./cookie-header";
import { transactionCookieNames } from "./cookies";
import { outcomeOf } from "./failure";
import { readPurpose } from "./purpose";
import { runAuth } from "./run";
import { startOidcSignIn } from "./start-oidc-sign-in";
import { signInKey } from "./state-suffix";
import { findTransaction, forgetTransaction } from "./transactions";
import { cancelledPath, wayOn } from "./ways-on";
import type { Context } from "@/lib/domain/context";
import { findProviderConfig, type ProviderConfig } from "@/lib/domain/oidc/provider-config";
import { log } from "@/lib/platform/log";
import { paths } from "@/lib/routes";
import { outcomeOfAuthorizationError } from "@/lib/shared/authorization-errors";
import type { OutcomeCode } from "@/lib/shared/outcomes";
import { pendingIdentityCookie } from "@/lib/web/pending-identity-cookie";
import { revokeAfterResponse } from "@/lib/web/revoke-grants";
import { sessionCookieName, sessionTokenFrom } from "@/lib/web/session-cookie";

export type CompletedSignIn = { readonly setCookies: readonly string[] } & (
  | {
      /** Signed in, confirmed, or back where the person can try again. */
      readonly kind: "go-on";
      /** An address of ours. */
      readonly location: string;
    }
  | { readonly kind: "restarted"; /** A new authorization request. */ readonly location: string }
  | { readonly kind: "failed"; readonly code: OutcomeCode; readonly returnTo: string | null }
);

interface Input {
  readonly providerId: string;
  readonly query: URLSearchParams;
  readonly headers: Headers;
}

/**
 * Takes a provider's answer to the sign-in that this browser began with it, once, and opens the session when all of the
 * answer verifies (OpenID Connect Core 3.1.2.5 to 3.1.3.7, RFC 9207). An answer whose sign-in can no longer be finished
 * begins it anew, once; its code is never used. A confirmation gives the session there is a new token.
 */
export async function completeOidcSignIn(
  ctx: Context,
  { providerId, query, headers }: Input,
): Promise<CompletedSignIn> {
  const provider = findProviderConfig(providerId);
  if (provider === null) return refuse(newAttempt(ctx, null, null), "provider_not_configured");
  const jar = readCookies(headers);
  const attempt = newAttempt(ctx, provider, sessionTokenFrom(jar.get(sessionCookieName())));
  const state = query.get("state");
  // No parameter may come twice (RFC 6749 section 3.1): two readers could take two different ones.
  if (state === null || new Set(query.keys()).size < query.size) return refuse(attempt, "invalid_request");
  const key = signInKey(provider.id, state);
  const transaction = findTransaction(jar, key);
  const beginning = findBeginning(jar, key, ctx.now());
  if (transaction === null && beginning === null) return refuse(attempt, "transaction_lost");
  const purpose = transaction === null ? null : readPurpose(transaction, state);
  const after = {
    setCookies: [...forgetTransaction(jar, key), ...forgetBeginning(jar, key)],
    returnTo: beginning?.returnTo ?? null,
  };
  if (purpose === "unreadable") return refuse(attempt, "transaction_lost", after);
  attempt.purpose = purpose;
  const early = earlyRefusal(provider, query);
  if (early === "cancelled")
    return {
      kind: "go-on",
      location: cancelledPath(purpose, after.returnTo),
      setCookies: after.setCookies,
    };
  if (early !== null) {
    attempt.error = new Error(`authorization response error: ${(query.get("error") ?? "").slice(0, 100)}`);
    return refuse(attempt, early, after);
  }
  if (transaction !== null) return exchange(attempt, query, transaction, after);
  if (beginning === null || beginning.restarted) return refuse(attempt, "transaction_lost", after);
  return restart(ctx, beginning, headers, after);
}

/** What is left of the sign-in whatever comes of its answer. */
interface After {
  readonly setCookies: readonly string[];
  readonly returnTo: string | null;
}

async function restart(
  ctx: Context,
  { provider, returnTo, parameters }: Beginning,
  headers: Headers,
  after: After,
): Promise<CompletedSignIn> {
  const input = { providerId: provider, returnTo, parameters, headers, restarted: true };
  const started = await startOidcSignIn(ctx, { ...input, intent: { kind: "sign-in" } });
  if (!started.ok) return { kind: "failed", code: started.error, ...after };
  log.info({ event: "sign_in_restarted", requestId: ctx.requestId, provider }, "a lost sign-in begins anew");
  const { location, setCookies } = started.value;
  return { kind: "restarted", location, setCookies: [...after.setCookies, ...setCookies] };
}

async function exchange(
  attempt: Attempt,
  query: URLSearchParams,
  transaction: CookieJar,
  after: After,
): Promise<CompletedSignIn> {
  try {
    const response = await runAuth(attempt, {
      method: "GET",
      action: `/callback/${attempt.provider?.id ?? ""}`,
      query,
      cookie: cookieHeader(transaction),
    });
    const location = response.headers.get("location");
    revokeAfterResponse(attempt.released);
    if (!attempt.opened || location === null) return refuse(attempt, attempt.refusal, after);
    const plain = transactionCookieNames();
    const others = response.headers
      .getSetCookie()
      .filter((header) => !plain.some((name) => header.startsWith(`${name}=`)));
    return { kind: "go-on", location, setCookies: [...after.setCookies, ...others] };
  } catch (error) {
    attempt.error = error;
    return refuse(attempt, null, after);
  }
}

/** What the answer says before any code is exchanged. */
function earlyRefusal(provider: ProviderConfig, query: URLSearchParams): OutcomeCode | "cancelled" | null {
  const issuer = query.get("iss");
  if (issuer !== null && issuer !== provider.issuer) return "issuer_mismatch";
  const error = query.get("error");
  if (error === null) return query.has("code") ? null : "invalid_request";
  return outcomeOfAuthorizationError(error);
}

function refuse(
  attempt: Attempt,
  code: Attempt["refusal"],
  after: After = { setCookies: [], returnTo: null },
): CompletedSignIn {
  attempt.refusal = code;
  const { pendingToken, purpose } = attempt;
  const setCookies = [
    ...after.setCookies,
    ...(pendingToken === null ? [] : [pendingIdentityCookie(pendingToken)]),
  ];
  const location = wayOn(attempt);
  if (location !== null) return { kind: "go-on", location, setCookies };
  const returnTo = pendingToken === null ? (purpose?.returnTo ?? after.returnTo) : paths.connectIdentity;
  return { kind: "failed", code: outcomeOf(attempt), returnTo, setCookies };
}
