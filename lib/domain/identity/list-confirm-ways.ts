import "server-only";
import { eq } from "drizzle-orm";
import { accounts, credentials } from "@/db/schema";
import type { PersonContext } from "@/lib/domain/context";
import { readPersonClaims } from "@/lib/domain/oidc/person-claims";
import { providerConfigs } from "@/lib/domain/oidc/provider-config";
import type { ConfirmWays } from "@/lib/shared/views";

/** How the person who asks can prove anew who they are: their password, and the providers that know them. */
export async function listConfirmWays(ctx: PersonContext): Promise<ConfirmWays> {
  const { userId, provider: current } = ctx.actor.viewer;
  const [password, identities] = await Promise.all([
    ctx.db.select({ userId: credentials.userId }).from(credentials).where(eq(credentials.userId, userId)),
    ctx.db
      .select({ issuer: accounts.issuer, claims: accounts.claims })
      .from(accounts)
      .where(eq(accounts.userId, userId)),
  ]);
  const providers = providerConfigs().flatMap(({ id, name, issuer }) => {
    const identity = identities.find((candidate) => candidate.issuer === issuer);
    if (identity === undefined) return [];
    return [{ id, name, loginHint: readPersonClaims(identity.claims).email }];
  });
  providers.sort((one, other) => Number(other.id === current?.id) - Number(one.id === current?.id));
  return { password: password.length > 0, providers };
}
