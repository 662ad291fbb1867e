import "server-only";
import { and, inArray, isNotNull, eq, sql } from "drizzle-orm";
import { configurationSource } from "./role-sources";
import { userRoles, users } from "@/db/schema";
import { recordEvent } from "@/lib/domain/audit/record-event";
import type { Context } from "@/lib/domain/context";
import { environment } from "@/lib/env";

/**
 * Makes a person an administrator whose address stands in ADMIN_EMAILS, if they have proved it. Call it within the
 * transaction of a sign-in or a proof.
 */
export async function syncConfiguredAdministrator(tx: Context, userId: string): Promise<void> {
  const addresses = environment().ADMIN_EMAILS;
  if (addresses.length === 0) return;
  const email = sql<string>`lower(${users.email})`;
  const [named] = await tx.db
    .select({ email })
    .from(users)
    .where(and(eq(users.id, userId), isNotNull(users.emailVerified), inArray(email, addresses)));
  if (named === undefined) return;
  const given = await tx.db
    .insert(userRoles)
    .values({ userId, role: "admin", source: configurationSource(named.email) })
    .onConflictDoNothing()
    .returning({ role: userRoles.role });
  if (given.length === 0) return;
  const details = { change: "role_granted", role: "admin", source: "configuration" };
  await recordEvent(tx, { event: "authz_change", subjectId: userId, details });
}
