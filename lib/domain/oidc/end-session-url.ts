import "server-only";
import { providerMetadata } from "./metadata";
import type { ProviderConfig } from "./provider-config";
import { ProviderError } from "./provider-error";
import { log } from "@/lib/platform/log";

/** A longer hint makes an address that servers refuse; it is recommended, not required (section 2). */
const maxHintLength = 6_000;

interface Input {
  readonly idToken: string | null;
  readonly postLogoutRedirectUri: string;
  readonly state: string;
}

/**
 * The address at which the provider ends its own session (OpenID Connect RP-Initiated Logout 1.0), or null when the
 * provider has none, the configuration says not to, or its metadata cannot be had.
 */
export async function endSessionUrl(provider: ProviderConfig, input: Input): Promise<string | null> {
  const { idToken, postLogoutRedirectUri, state } = input;
  switch (provider.logout) {
    case "none":
      return null;
    case "auth0_v2": {
      const query = new URLSearchParams({
        client_id: provider.clientId,
        returnTo: `${postLogoutRedirectUri}?state=${state}`,
      });
      return `${new URL("/v2/logout", provider.issuer).href}?${query}`;
    }
    case "rp_initiated": {
      const endpoint = await endSessionEndpoint(provider);
      if (endpoint === undefined) return null;
      const url = new URL(endpoint);
      url.searchParams.set("client_id", provider.clientId);
      url.searchParams.set("post_logout_redirect_uri", postLogoutRedirectUri);
      url.searchParams.set("state", state);
      if (idToken !== null && idToken.length <= maxHintLength) url.searchParams.set("id_token_hint", idToken);
      return url.href;
    }
  }
}

async function endSessionEndpoint(provider: ProviderConfig): Promise<string | undefined> {
  try {
    return (await providerMetadata(provider)).end_session_endpoint;
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    log.warn(
      { event: "provider_session_remains", provider: provider.id, cause: error },
      "no metadata to sign out with",
    );
    return undefined;
  }
}
