import "server-only";
import { pendingFor } from "./pending-for";
import { pendingIdentities } from "@/db/schema";
import type { PersonContext } from "@/lib/domain/context";
import { readPersonClaims } from "@/lib/domain/oidc/person-claims";
import { providerName } from "@/lib/domain/oidc/provider-config";
import type { PendingIdentityView } from "@/lib/shared/views";

/**
 * The identity that waits for the person who asks in this browser; null when there is none, when it has waited too long,
 * and when it waits for somebody else.
 */
export async function findPendingIdentity(
  ctx: PersonContext,
  token: string,
): Promise<PendingIdentityView | null> {
  const [row] = await ctx.db
    .select({
      provider: pendingIdentities.provider,
      subject: pendingIdentities.subject,
      claims: pendingIdentities.claims,
    })
    .from(pendingIdentities)
    .where(pendingFor(ctx, token));
  if (row === undefined) return null;
  const { name, email } = readPersonClaims(row.claims);
  return { providerName: providerName(row.provider), subject: row.subject, name, email };
}
