import "server-only";
import { z } from "zod";
import { outbound } from "./bounds";
import { failed, ok, warning } from "./finding";
import { clientAuthMethod } from "@/lib/domain/oidc/authenticate-client";
import { clientRequest } from "@/lib/domain/oidc/client-request";
import type { ProviderMetadata } from "@/lib/domain/oidc/metadata";
import type { ProviderConfig } from "@/lib/domain/oidc/provider-config";
import { ProviderError } from "@/lib/domain/oidc/provider-error";
import { variableOf } from "@/lib/env-provider-names";
import { environment } from "@/lib/env";
import { OutboundError } from "@/lib/platform/http/bounded-fetch";
import { apiPaths } from "@/lib/routes";
import type { Finding } from "@/lib/shared/diagnosis";

const errorSchema = z.object({ error: z.string().max(100) });

/**
 * Whether the provider knows the client: it is asked to redeem a code that does not exist, which a known client is told
 * by `invalid_grant` and a stranger by `invalid_client` (RFC 6749 section 5.2).
 */
export async function checkClient(
  provider: ProviderConfig,
  metadata: ProviderMetadata,
): Promise<readonly Finding[]> {
  const method = clientAuthMethod(provider, metadata);
  const supported = metadata.token_endpoint_auth_methods_supported;
  const fix = `See ${["CLIENT_ID", provider.privateKey ? "PRIVATE_KEY" : "CLIENT_SECRET", "TOKEN_AUTH_METHOD"]
    .map((field) => variableOf(provider.id, field))
    .join(", ")} and what is registered at the provider.`;
  const check = "client";
  if (supported?.includes(method) === false)
    return [failed(check, `the provider takes ${supported.join(", ")}, and ${method} is configured`, fix)];
  try {
    const parameters = {
      grant_type: "authorization_code",
      code: "gatehouse-doctor",
      redirect_uri: environment().AUTH_URL + apiPaths.callback(provider.id),
      code_verifier: "gatehouse-doctor-gatehouse-doctor-gatehouse-doctor",
    };
    const { token_endpoint: endpoint } = metadata;
    const { timeoutMilliseconds } = outbound;
    const response = await clientRequest(provider, metadata, endpoint, parameters, timeoutMilliseconds);
    const parsed = errorSchema.safeParse(await response.json().catch(() => null));
    const code = parsed.data?.error ?? `status ${String(response.status)}`;
    if (code === "invalid_grant") return [ok(check, `the provider knows the client, by ${method}`)];
    if (code === "invalid_client" || code === "unauthorized_client" || response.status === 401)
      return [failed(check, `the provider does not take the client's ${method}: ${code}`, fix)];
    return [
      warning(
        check,
        `the provider answered the question who we are with ${code}`,
        "Nothing to do if sign-in works.",
      ),
    ];
  } catch (error) {
    if (error instanceof OutboundError || error instanceof ProviderError)
      return [failed(check, error.message, fix)];
    throw error;
  }
}
