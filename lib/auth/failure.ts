import "server-only";
import type { Attempt } from "./attempt";
import { ProviderError } from "@/lib/domain/oidc/provider-error";
import { isDatabaseUnavailable } from "@/lib/platform/database-errors";
import { OutboundError } from "@/lib/platform/http/bounded-fetch";
import { describeCause, log } from "@/lib/platform/log";
import { isOutcomeCode, type OutcomeCode } from "@/lib/shared/outcomes";

/** The outcome of an attempt that opened no session, and one log line with its cause. */
export function outcomeOf(attempt: Attempt): OutcomeCode {
  const code = isOutcomeCode(attempt.refusal) ? attempt.refusal : codeOf(attempt.error);
  const { requestId, address } = attempt.ctx;
  const entry = {
    event: "authn_login_fail",
    requestId,
    address,
    outcome: code,
    provider: attempt.provider?.id,
  };
  log[code === "unexpected" ? "error" : "warn"](
    { ...entry, cause: describeCause(attempt.error) },
    "sign-in failed",
  );
  return code;
}

function codeOf(error: unknown): OutcomeCode {
  const links = chain(error);
  for (const link of links) {
    if (link instanceof ProviderError) return link.code;
    if (link instanceof OutboundError) {
      if (link.code === "timeout") return "provider_timeout";
      return link.code === "unreachable" ? "provider_unavailable" : "provider_answer_invalid";
    }
    const type = "type" in link ? link.type : undefined;
    if (type === "InvalidCheck") return "transaction_lost";
    if (type === "OAuthCallbackError") return "provider_refused";
    const code = "code" in link && typeof link.code === "string" ? link.code : "";
    if (code === "OAUTH_RESPONSE_BODY_ERROR" || code === "OAUTH_WWW_AUTHENTICATE_CHALLENGE")
      return "provider_refused";
    if (code.startsWith("OAUTH_JWT") || code === "OAUTH_TIMESTAMP_CHECK_FAILED") return "id_token_invalid";
    if (code.startsWith("OAUTH_")) return "provider_answer_invalid";
  }
  // Last: a provider that refuses a connection fails with the same codes as a database that does.
  return links.some(isDatabaseUnavailable) ? "temporarily_unavailable" : "unexpected";
}

/** An error and its causes. Auth.js wraps a cause as `{ err }`. */
function chain(error: unknown): Error[] {
  const links: Error[] = [];
  let link = error;
  while (link instanceof Error && links.length < 8) {
    links.push(link);
    const { cause } = link;
    link = typeof cause === "object" && cause !== null && "err" in cause ? cause.err : cause;
  }
  return links;
}
