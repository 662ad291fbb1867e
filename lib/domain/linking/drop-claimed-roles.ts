import "server-only";
import { and, eq } from "drizzle-orm";
import { accounts, userRoles } from "@/db/schema";
import type { Context } from "@/lib/domain/context";

/** Roles come with the provider's word; without an identity there is nobody to give it. Call it once the identity is gone. */
export async function dropClaimedRoles(
  tx: Context,
  { userId, provider }: { readonly userId: string; readonly provider: string },
): Promise<void> {
  const left = await tx.db
    .select({ id: accounts.id })
    .from(accounts)
    .where(and(eq(accounts.userId, userId), eq(accounts.provider, provider)));
  if (left.length > 0) return;
  await tx.db.delete(userRoles).where(and(eq(userRoles.userId, userId), eq(userRoles.source, provider)));
}
