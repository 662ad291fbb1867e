import "server-only";
import { afterResponse } from "./after-response";
import { revokeGrant } from "@/lib/domain/tokens/revoke-grant";
import type { ReleasedGrant } from "@/lib/domain/tokens/release-grants";

/** Revokes refresh tokens at their providers once the answer is on its way, so that nobody waits for a provider. */
export function revokeAfterResponse(grants: readonly ReleasedGrant[]): void {
  for (const grant of grants) if (grant.refreshToken !== null) afterResponse(() => revokeGrant(grant));
}
