import "server-only";
import { clientAssertion } from "./client-assertion";
import type { ProviderMetadata } from "./metadata";
import type { ProviderConfig } from "./provider-config";
import type { ClientAuthMethod } from "@/lib/env-provider-fields";

const assertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

interface FormRequest {
  readonly endpoint: string;
  readonly body: URLSearchParams;
  readonly headers: Headers;
}

/** Adds to a form request what proves that it comes from the client (OpenID Connect Core 9, RFC 6749 section 2.3). */
export async function authenticateClient(
  provider: ProviderConfig,
  metadata: ProviderMetadata,
  { endpoint, body, headers }: FormRequest,
): Promise<void> {
  const { clientId, clientSecret = "", privateKey } = provider;
  if (privateKey !== undefined) {
    body.set("client_id", clientId);
    body.set("client_assertion_type", assertionType);
    body.set("client_assertion", await clientAssertion(provider, metadata, privateKey, endpoint));
  } else if (clientAuthMethod(provider, metadata) === "client_secret_post") {
    body.set("client_id", clientId);
    body.set("client_secret", clientSecret);
  } else {
    const credentials = `${formEncode(clientId)}:${formEncode(clientSecret)}`;
    headers.set("authorization", `Basic ${Buffer.from(credentials).toString("base64")}`);
  }
}

/** How the client authenticates: with its key if it has one, else as configured, else as the metadata allows. */
export function clientAuthMethod(provider: ProviderConfig, metadata: ProviderMetadata): ClientAuthMethod {
  if (provider.privateKey !== undefined) return "private_key_jwt";
  if (provider.tokenAuthMethod !== undefined) return provider.tokenAuthMethod;
  const supported = metadata.token_endpoint_auth_methods_supported ?? ["client_secret_basic"];
  return supported.includes("client_secret_basic") || !supported.includes("client_secret_post")
    ? "client_secret_basic"
    : "client_secret_post";
}

/** RFC 6749 appendix B. */
function formEncode(value: string): string {
  return new URLSearchParams({ v: value }).toString().slice(2);
}
