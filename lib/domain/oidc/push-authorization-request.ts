import "server-only";
import { z } from "zod";
import { clientRequest } from "./client-request";
import { providerMetadata, type ProviderMetadata } from "./metadata";
import type { ProviderConfig } from "./provider-config";
import { ProviderError, toProviderError } from "./provider-error";
import { outcomeOfAuthorizationError } from "@/lib/shared/authorization-errors";

const answerSchema = z.object({ request_uri: z.string().min(1).max(2_048) });
const errorSchema = z.object({ error: z.string() });

/**
 * Pushes an authorization request to the provider where it wants that or the configuration says so (RFC 9126).
 * @param location the authorization request, its parameters in the query
 * @returns where to send the browser: `location` itself when nothing is pushed
 * @throws {ProviderError} `provider_refused` when the provider wants no such request, or a failure to reach it
 */
export async function pushAuthorizationRequest(provider: ProviderConfig, location: string): Promise<string> {
  const metadata = await providerMetadata(provider);
  if (!isPushed(provider, metadata)) return location;
  const endpoint = metadata.pushed_authorization_request_endpoint;
  if (endpoint === undefined)
    throw new ProviderError("provider_answer_invalid", "the metadata names no endpoint to push requests to");
  const request = new URL(location);
  try {
    const response = await clientRequest(provider, metadata, endpoint, parametersOf(request, metadata));
    if (response.status >= 500)
      throw new ProviderError("provider_unavailable", `PAR answered ${String(response.status)}`);
    const answer: unknown = await response.json();
    if (response.status !== 201 && response.status !== 200) throw refusal(response.status, answer);
    const url = new URL(metadata.authorization_endpoint);
    url.searchParams.set("client_id", provider.clientId);
    url.searchParams.set("request_uri", answerSchema.parse(answer).request_uri);
    return url.href;
  } catch (error) {
    throw toProviderError(error);
  }
}

function isPushed({ par }: ProviderConfig, metadata: ProviderMetadata): boolean {
  return par === "auto" ? metadata.require_pushed_authorization_requests === true : par === "always";
}

/** What was added to the authorization endpoint's own address, which may have a query of its own (RFC 6749 3.1). */
function parametersOf(request: URL, metadata: ProviderMetadata): URLSearchParams {
  const parameters = new URLSearchParams(request.search);
  for (const name of new URL(metadata.authorization_endpoint).searchParams.keys()) parameters.delete(name);
  return parameters;
}

/** RFC 9126 section 2.3: the errors of an authorization response, answered at once. */
function refusal(status: number, answer: unknown): ProviderError {
  const parsed = errorSchema.safeParse(answer);
  const error = parsed.success ? parsed.data.error.slice(0, 64) : "no error code";
  const code = outcomeOfAuthorizationError(error);
  return new ProviderError(
    code === "cancelled" ? "provider_refused" : code,
    `PAR answered ${String(status)}: ${error}`,
  );
}
