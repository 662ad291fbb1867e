import "server-only";
import { eq } from "drizzle-orm";
import { accounts, credentials } from "@/db/schema";
import type { Context } from "@/lib/domain/context";
import { providerConfigs } from "@/lib/domain/oidc/provider-config";

interface WaysIn {
  readonly password: boolean;
  /** Ids of the identities whose provider is configured. */
  readonly identities: readonly string[];
}

/** How a person can sign in. An identity of a provider that is configured no longer is no way in. */
export async function waysIn({ db }: Context, userId: string): Promise<WaysIn> {
  const [password, identities] = await Promise.all([
    db.select({ userId: credentials.userId }).from(credentials).where(eq(credentials.userId, userId)),
    db.select({ id: accounts.id, issuer: accounts.issuer }).from(accounts).where(eq(accounts.userId, userId)),
  ]);
  return { password: password.length > 0, identities: identities.filter(isWayIn).map(({ id }) => id) };
}

/** Whether the identity's provider is configured, by its issuer. */
export function isWayIn({ issuer }: { readonly issuer: string }): boolean {
  return providerConfigs().some((provider) => provider.issuer === issuer);
}
