import "server-only";
import { and, eq, inArray, isNotNull, isNull, or, sql } from "drizzle-orm";
import { lastingSources, roleSources } from "./role-sources";
import { userRoles, users } from "@/db/schema";
import type { Context } from "@/lib/domain/context";

interface Leaving {
  readonly userIds: readonly string[];
  /** Only the role from this source goes; the person with all of theirs when left out. */
  readonly source?: string;
}

/**
 * Whether somebody who can act as an administrator is left once `leaving` are not: a person with the role `admin`, not
 * suspended, not about to be deleted, whose address is proved if there is one. Whom a provider's claim alone makes an
 * administrator counts only while there is nobody else: the provider may take the claim back at any sign-in. True as well
 * when none of `leaving` is one. Call it within the transaction of the change and before it: its lock lasts until the end
 * of the transaction, so that of any number of such changes at once each sees those before it. A change that locks the
 * person's row does so before: two that took the locks in different orders would wait for each other.
 */
export async function keepsAdministrator(tx: Context, { userIds, source }: Leaving): Promise<boolean> {
  await tx.db.execute(sql`select pg_advisory_xact_lock(hashtextextended('gatehouse administrators', 0))`);
  const theirs = inArray(userRoles.userId, userIds);
  const going = source === undefined ? theirs : and(theirs, eq(userRoles.source, source));
  const lasting = inArray(userRoles.source, lastingSources());
  const [row] = await tx.db
    .select({
      kept: sql<boolean>`coalesce(bool_or(not (${going})) filter (where ${lasting}), bool_or(not (${going})), true)`,
    })
    .from(userRoles)
    .innerJoin(users, eq(users.id, userRoles.userId))
    .where(canAdminister());
  return row?.kept === true;
}

/** Whether somebody can act as an administrator at this moment, wherever the role comes from. */
export async function hasAdministrator({ db }: Context): Promise<boolean> {
  const found = await db
    .select({ userId: userRoles.userId })
    .from(userRoles)
    .innerJoin(users, eq(users.id, userRoles.userId))
    .where(canAdminister())
    .limit(1);
  return found.length > 0;
}

function canAdminister() {
  return and(
    eq(userRoles.role, "admin"),
    inArray(userRoles.source, roleSources()),
    eq(users.status, "active"),
    isNull(users.deletionDueAt),
    or(isNull(users.email), isNotNull(users.emailVerified)),
  );
}
