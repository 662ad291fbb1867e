import "server-only";
import { authenticateClient } from "./authenticate-client";
import type { ProviderMetadata } from "./metadata";
import type { ProviderConfig } from "./provider-config";
import { boundedFetch, defaultBounds } from "@/lib/platform/http/bounded-fetch";

/**
 * POSTs a form to an endpoint of the provider, authenticated as the client.
 * @throws {OutboundError}, and {@link ProviderError} when no client assertion can be made
 */
export async function clientRequest(
  provider: ProviderConfig,
  metadata: ProviderMetadata,
  endpoint: string,
  parameters: Readonly<Record<string, string>> | URLSearchParams,
  timeoutMilliseconds = defaultBounds.timeoutMilliseconds,
): Promise<Response> {
  const body = new URLSearchParams(parameters);
  const headers = new Headers({ accept: "application/json" });
  await authenticateClient(provider, metadata, { endpoint, body, headers });
  return boundedFetch(endpoint, { method: "POST", headers, body }, { ...defaultBounds, timeoutMilliseconds });
}
