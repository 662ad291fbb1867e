import "server-only";
import { tokenAuthMethod, type ProviderMetadata } from "./metadata";
import type { ProviderConfig } from "./provider-config";
import { boundedFetch, defaultBounds } from "@/lib/platform/http/bounded-fetch";

/**
 * POSTs a form to an endpoint of the provider, authenticated as the client (RFC 6749 section 2.3.1).
 * @throws {OutboundError}
 */
export function clientRequest(
  provider: ProviderConfig,
  metadata: ProviderMetadata,
  endpoint: string,
  parameters: Readonly<Record<string, string>>,
  timeoutMilliseconds = defaultBounds.timeoutMilliseconds,
): Promise<Response> {
  const body = new URLSearchParams(parameters);
  const headers = new Headers({ accept: "application/json" });
  if (tokenAuthMethod(provider, metadata) === "client_secret_post") {
    body.set("client_id", provider.clientId);
    body.set("client_secret", provider.clientSecret);
  } else {
    const credentials = `${formEncode(provider.clientId)}:${formEncode(provider.clientSecret)}`;
    headers.set("authorization", `Basic ${Buffer.from(credentials).toString("base64")}`);
  }
  return boundedFetch(endpoint, { method: "POST", headers, body }, { ...defaultBounds, timeoutMilliseconds });
}

/** RFC 6749 appendix B. */
function formEncode(value: string): string {
  return new URLSearchParams({ v: value }).toString().slice(2);
}
