import "server-only";
import { openTokens } from "./pending-tokens";
import { takePendingIdentity } from "./take-pending-identity";
import { inTransaction, type PersonContext } from "@/lib/domain/context";
import type { ReleasedGrant } from "@/lib/domain/tokens/release-grants";

/** Forgets the identity that waits in this browser. @returns its grant, to revoke at the provider. */
export function discardPendingIdentity(
  ctx: PersonContext,
  { token }: { token: string },
): Promise<readonly ReleasedGrant[]> {
  return inTransaction(ctx, async (tx) => {
    const pending = await takePendingIdentity(tx, token);
    if (pending === null) return [];
    const tokens = openTokens(pending, pending.tokensSealed);
    const { provider, issuer } = pending;
    return [{ provider, issuer, refreshToken: tokens?.refreshToken ?? null, idToken: null }];
  });
}
