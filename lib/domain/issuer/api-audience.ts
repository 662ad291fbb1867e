import "server-only";
import { environment, ownUrl } from "@/lib/env";

/**
 * The audience of access tokens for the external API (RFC 9068 section 3): as configured, else the one that the first
 * provider with an audience is asked for, else the API's address.
 * @throws when no API is configured at all
 */
export function apiAudience(): string {
  const { API_AUDIENCE, API_SERVER_URL, providers } = environment();
  const asked = providers.find((provider) => provider.audience !== undefined)?.audience;
  const audience = API_AUDIENCE ?? asked ?? API_SERVER_URL;
  if (audience === undefined)
    throw new Error("there is no API to ask a token for: API_SERVER_URL is not set");
  return audience;
}

/** The audience of access tokens for our own API, and the issuer of every token of ours. */
export function ownIssuer(): string {
  return ownUrl();
}
