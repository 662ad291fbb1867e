import "server-only";
import { customFetch } from "next-auth";
import type { OIDCConfig } from "next-auth/providers";
import { clockTolerance } from "oauth4webapi";
import { authenticateClient } from "@/lib/domain/oidc/authenticate-client";
import { discoveryUrl, providerMetadata, type ProviderMetadata } from "@/lib/domain/oidc/metadata";
import type { ProviderConfig } from "@/lib/domain/oidc/provider-config";
import { clockToleranceSeconds } from "@/lib/domain/oidc/clock-tolerance";
import { ProviderError } from "@/lib/domain/oidc/provider-error";
import { boundedFetch } from "@/lib/platform/http/bounded-fetch";

/**
 * A configured provider for Auth.js. Discovery is answered from the checked metadata, so a warm sign-in asks the
 * provider for nothing but its own pages and the token.
 */
export async function oidcProvider(provider: ProviderConfig): Promise<OIDCConfig<{ sub: string }>> {
  const metadata = await providerMetadata(provider);
  return {
    id: provider.id,
    name: provider.name,
    type: "oidc",
    issuer: provider.issuer,
    clientId: provider.clientId,
    checks: ["pkce", "state", "nonce"],
    client: {
      [clockTolerance]: clockToleranceSeconds,
      // Auth.js would name two audiences in a client assertion; `tokenRequest` authenticates, as for every endpoint.
      token_endpoint_auth_method: "none",
      ...(provider.idTokenAlgorithm !== undefined && {
        id_token_signed_response_alg: provider.idTokenAlgorithm,
      }),
    },
    authorization: { params: authorizationParameters(provider) },
    profile: ({ sub }) => ({ id: sub }),
    [customFetch]: (input, init) => callProvider(provider, metadata, requestUrl(input), init),
  };
}

function authorizationParameters({
  scope,
  audience,
  resource,
  prompt,
  parameters,
}: ProviderConfig): Record<string, string> {
  return {
    ...parameters,
    scope,
    ...(audience !== undefined && { audience }),
    ...(resource !== undefined && { resource }),
    ...(prompt !== undefined && { prompt }),
  };
}

async function callProvider(
  provider: ProviderConfig,
  metadata: ProviderMetadata,
  url: string,
  init: RequestInit | undefined,
): Promise<Response> {
  if (url === new URL(discoveryUrl(provider.issuer)).href) return discoveryAnswer(metadata);
  const isToken = url === new URL(metadata.token_endpoint).href;
  const response = await boundedFetch(url, isToken ? await tokenRequest(provider, metadata, init) : init);
  if (response.status >= 500)
    throw new ProviderError(
      "provider_unavailable",
      `${new URL(url).pathname} answered ${String(response.status)}`,
    );
  return response;
}

/** The code exchange as Auth.js makes it, with the client's authentication and the resource (RFC 8707 section 2.2). */
async function tokenRequest(
  provider: ProviderConfig,
  metadata: ProviderMetadata,
  init: RequestInit | undefined,
): Promise<RequestInit> {
  const headers = new Headers(init?.headers);
  const body = new URLSearchParams(init?.body as URLSearchParams);
  body.delete("client_id");
  if (provider.resource !== undefined) body.set("resource", provider.resource);
  await authenticateClient(provider, metadata, { endpoint: metadata.token_endpoint, body, headers });
  return { ...init, headers, body };
}

/** Auth.js insists on a UserInfo endpoint, which is optional, and never calls it for an OpenID provider. */
function discoveryAnswer(metadata: ProviderMetadata): Response {
  return Response.json({ userinfo_endpoint: metadata.token_endpoint, ...metadata });
}

function requestUrl(input: string | URL | Request): string {
  return input instanceof Request ? input.url : input.toString();
}
