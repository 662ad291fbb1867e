import "server-only";
import { and, eq, inArray } from "drizzle-orm";
import { userRoles } from "@/db/schema";
import { claimedRoles } from "@/lib/domain/access/claimed-roles";
import { hasAdministrator } from "@/lib/domain/access/last-administrator";
import { recordEvent } from "@/lib/domain/audit/record-event";
import type { Context } from "@/lib/domain/context";
import type { VerifiedIdentity } from "@/lib/domain/oidc/verify-identity";
import { log } from "@/lib/platform/log";

/**
 * Replaces the roles that this provider claimed for the person with what it claims now, and writes down each that comes or
 * goes. Granted roles stay. What a provider takes back is gone, whoever is left: a site that is left without an
 * administrator says so in its log.
 */
export async function syncClaimedRoles(
  tx: Context,
  userId: string,
  identity: VerifiedIdentity,
): Promise<void> {
  const { id: source, rolesClaim, rolesMap } = identity.provider;
  const claimed = claimedRoles(identity.claims, rolesClaim, rolesMap);
  const theirs = and(eq(userRoles.userId, userId), eq(userRoles.source, source));
  const before = (await tx.db.select({ role: userRoles.role }).from(userRoles).where(theirs)).map(
    ({ role }) => role,
  );
  const gone = before.filter((role) => !claimed.some((one) => one === role));
  const come = claimed.filter((role) => !before.includes(role));
  if (gone.length > 0) await tx.db.delete(userRoles).where(and(theirs, inArray(userRoles.role, gone)));
  if (come.length > 0)
    await tx.db
      .insert(userRoles)
      .values(come.map((role) => ({ userId, role, source })))
      // Another sign-in of the same person at this moment.
      .onConflictDoNothing();
  for (const [change, roles] of [
    ["role_revoked", gone],
    ["role_granted", come],
  ] as const)
    for (const role of roles)
      await recordEvent(tx, { event: "authz_change", subjectId: userId, details: { change, role, source } });
  if (gone.includes("admin") && !(await hasAdministrator(tx)))
    log.error(
      { event: "no_administrator_left", requestId: tx.requestId, userId, source },
      "a provider took back the role of the last administrator; npm run admin:grant makes another one",
    );
}
