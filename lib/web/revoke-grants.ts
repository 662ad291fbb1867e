import "server-only";
import { afterResponse } from "./after-response";
import { findProviderOf } from "@/lib/domain/oidc/provider-config";
import { revokeToken } from "@/lib/domain/oidc/revoke-token";
import type { ReleasedGrant } from "@/lib/domain/tokens/release-grants";

/** Revokes refresh tokens at their providers once the answer is on its way, so that nobody waits for a provider. */
export function revokeAfterResponse(grants: readonly ReleasedGrant[]): void {
  for (const grant of grants) {
    const { refreshToken } = grant;
    const provider = findProviderOf(grant);
    if (provider !== null && refreshToken !== null) afterResponse(() => revokeToken(provider, refreshToken));
  }
}
