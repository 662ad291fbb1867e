import "server-only";
import type { ReleasedGrant } from "./release-grants";
import { findProviderOf } from "@/lib/domain/oidc/provider-config";
import { revokeToken } from "@/lib/domain/oidc/revoke-token";

/** Revokes what is left of a grant at its provider, if it is still configured. Never throws. */
export async function revokeGrant(grant: ReleasedGrant): Promise<void> {
  const { refreshToken } = grant;
  const provider = findProviderOf(grant);
  if (provider !== null && refreshToken !== null) await revokeToken(provider, refreshToken);
}
