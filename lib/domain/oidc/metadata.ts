import "server-only";
import { z } from "zod";
import { ProviderError, toProviderError } from "./provider-error";
import type { ProviderConfig } from "./provider-config";
import { isAllowedHttpUrl } from "@/lib/env";
import { boundedFetch, defaultBounds } from "@/lib/platform/http/bounded-fetch";
import { SingleFlight } from "@/lib/platform/single-flight";

const freshMilliseconds = 10 * 60_000;
const usableMilliseconds = 24 * 60 * 60_000;

const endpoint = z.url().refine(isAllowedHttpUrl, "must use https");

const metadataSchema = z.looseObject({
  issuer: z.string(),
  authorization_endpoint: endpoint,
  token_endpoint: endpoint,
  jwks_uri: endpoint,
  userinfo_endpoint: endpoint.optional(),
  end_session_endpoint: endpoint.optional(),
  revocation_endpoint: endpoint.optional(),
  pushed_authorization_request_endpoint: endpoint.optional(),
  require_pushed_authorization_requests: z.boolean().optional(),
  id_token_signing_alg_values_supported: z.array(z.string()).optional(),
  userinfo_signing_alg_values_supported: z.array(z.string()).optional(),
  token_endpoint_auth_methods_supported: z.array(z.string()).optional(),
  token_endpoint_auth_signing_alg_values_supported: z.array(z.string()).optional(),
  authorization_response_iss_parameter_supported: z.boolean().optional(),
});

/** A provider's metadata (OpenID Connect Discovery 1.0 section 3), checked. */
export type ProviderMetadata = z.output<typeof metadataSchema>;

interface Cached {
  readonly metadata: ProviderMetadata;
  readonly fetchedAt: number;
}

const held = globalThis as { gatehouseMetadata?: Map<string, Cached> };
const cache = (held.gatehouseMetadata ??= new Map());
const flights = new SingleFlight<ProviderMetadata>();

/**
 * The provider's metadata, fetched at most every ten minutes. When the provider cannot be reached the last good
 * metadata serves for a day, so that an outage of its discovery endpoint is not felt.
 * @throws {ProviderError} `provider_unavailable`, `provider_timeout` or `provider_answer_invalid`
 */
export async function providerMetadata(provider: ProviderConfig): Promise<ProviderMetadata> {
  const known = cache.get(provider.issuer);
  const age = known === undefined ? Infinity : Date.now() - known.fetchedAt;
  if (known !== undefined && age < freshMilliseconds) return known.metadata;
  try {
    return await flights.run(provider.issuer, () => fetchMetadata(provider));
  } catch (error) {
    if (known !== undefined && age < usableMilliseconds) return known.metadata;
    throw error;
  }
}

/** Where the metadata is (OpenID Connect Discovery 1.0 section 4.1). */
export function discoveryUrl(issuer: string): string {
  return `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;
}

/**
 * The provider's metadata as it is now, whatever was read before.
 * @throws {ProviderError} as {@link providerMetadata}
 */
export async function fetchMetadata(
  provider: ProviderConfig,
  bounds = defaultBounds,
): Promise<ProviderMetadata> {
  try {
    const headers = { accept: "application/json" };
    const response = await boundedFetch(discoveryUrl(provider.issuer), { headers }, bounds);
    if (response.status >= 500)
      throw new ProviderError("provider_unavailable", `discovery answered ${String(response.status)}`);
    if (response.status !== 200)
      throw new ProviderError("provider_answer_invalid", `discovery answered ${String(response.status)}`);
    const metadata = metadataSchema.parse(await response.json());
    if (metadata.issuer !== provider.issuer)
      throw new ProviderError(
        "provider_answer_invalid",
        `discovery names issuer ${metadata.issuer.slice(0, 200)}`,
      );
    cache.set(provider.issuer, { metadata, fetchedAt: Date.now() });
    return metadata;
  } catch (error) {
    throw toProviderError(error);
  }
}
