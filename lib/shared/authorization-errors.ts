import type { OutcomeCode } from "./outcomes";

/**
 * What each error of an authorization response leads to (RFC 6749 section 4.1.2.1, OpenID Connect Core 3.1.2.6, RFC 8707
 * section 2, OpenID Connect Unmet Authentication Requirements 1.0). `cancelled` is the login page with a calm notice.
 */
export const authorizationErrors = {
  access_denied: "cancelled",
  server_error: "provider_failed",
  temporarily_unavailable: "provider_failed",
  login_required: "provider_must_ask",
  interaction_required: "provider_must_ask",
  account_selection_required: "provider_must_ask",
  consent_required: "provider_must_ask",
  unmet_authentication_requirements: "provider_cannot_prove",
  invalid_request: "provider_refused",
  unauthorized_client: "provider_refused",
  unsupported_response_type: "provider_refused",
  invalid_scope: "provider_refused",
  invalid_target: "provider_refused",
  invalid_request_uri: "provider_refused",
  invalid_request_object: "provider_refused",
  request_not_supported: "provider_refused",
  request_uri_not_supported: "provider_refused",
  registration_not_supported: "provider_refused",
} as const satisfies Record<string, OutcomeCode | "cancelled">;

/** What an error of an authorization response leads to; one that no specification names counts as a refusal. */
export function outcomeOfAuthorizationError(error: string): OutcomeCode | "cancelled" {
  return Object.hasOwn(authorizationErrors, error)
    ? authorizationErrors[error as keyof typeof authorizationErrors]
    : "provider_refused";
}
