import "server-only";
import { and, eq } from "drizzle-orm";
import { userRoles } from "@/db/schema";
import { claimedRoles } from "@/lib/domain/access/claimed-roles";
import type { Context } from "@/lib/domain/context";
import type { VerifiedIdentity } from "@/lib/domain/oidc/verify-identity";

/** Replaces the roles that this provider claimed for the person with what it claims now. Granted roles stay. */
export async function syncClaimedRoles(
  ctx: Context,
  userId: string,
  identity: VerifiedIdentity,
): Promise<void> {
  const { id: source, rolesClaim, rolesMap } = identity.provider;
  await ctx.db.delete(userRoles).where(and(eq(userRoles.userId, userId), eq(userRoles.source, source)));
  const roles = claimedRoles(identity.claims, rolesClaim, rolesMap);
  if (roles.length > 0)
    await ctx.db.insert(userRoles).values(roles.map((role) => ({ userId, role, source })));
}
