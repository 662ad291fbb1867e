import "server-only";
import { clientRequest } from "./client-request";
import { providerMetadata } from "./metadata";
import type { ProviderConfig } from "./provider-config";
import { log } from "@/lib/platform/log";

/**
 * Revokes a token at the provider (RFC 7009). Never throws, never takes longer than two outbound deadlines: what ends
 * here ends here, whatever the provider says.
 * @returns whether the provider confirmed it; false too when it offers no revocation endpoint.
 */
export async function revokeToken(
  provider: ProviderConfig,
  token: string,
  hint: "refresh_token" | "access_token" = "refresh_token",
): Promise<boolean> {
  try {
    const metadata = await providerMetadata(provider);
    const endpoint = metadata.revocation_endpoint;
    if (endpoint === undefined) {
      log.info(
        { event: "token_not_revoked", provider: provider.id },
        "the provider offers no revocation endpoint",
      );
      return false;
    }
    const response = await clientRequest(provider, metadata, endpoint, { token, token_type_hint: hint });
    if (response.status === 200) return true;
    log.warn(
      { event: "token_not_revoked", provider: provider.id, status: response.status },
      "the provider refused to revoke a token",
    );
  } catch (cause) {
    log.warn(
      { event: "token_not_revoked", provider: provider.id, cause },
      "the provider could not be asked to revoke a token",
    );
  }
  return false;
}
