import "server-only";
import { and, eq, inArray } from "drizzle-orm";
import { roles, userRoles, users } from "@/db/schema";
import { requirePermission, PermissionDenied } from "@/lib/domain/access/require-permission";
import { permissionsOf } from "@/lib/domain/access/role-permissions";
import { roleSources } from "@/lib/domain/access/role-sources";
import { inTransaction, type PersonContext } from "@/lib/domain/context";
import { stillLives } from "@/lib/domain/sessions/still-lives";
import { isRecentlyAuthenticated } from "@/lib/domain/sessions/recent-authentication";
import type { Permission } from "@/lib/shared/permissions";
import { failure, type Result } from "@/lib/shared/result";

export type ActionFault =
  | "authentication_not_recent"
  | "no_such_person"
  /** The person may do what the actor may not. */
  | "beyond_own_permissions"
  /** Would lock the actor out, or is theirs to do in their own settings. */
  | "own_account"
  /** The actor was suspended or signed out while asking. */
  | "session_ended";

export type Person = typeof users.$inferSelect;

interface Action {
  readonly permission: Permission;
  readonly userId: string;
  /** Whether somebody may do it to themselves. */
  readonly onOneself?: true;
}

/**
 * Does something to another person for whoever may: with the permission, a recent proof of who they are (ASVS 7.5.3), and
 * every permission that the other has, so that nobody reaches a right through the account of somebody else (ASVS 8.2.2).
 * The rows of both are held and the actor's session and roles are read anew, so that of two who act upon each other one
 * comes first, and nobody acts who was suspended or demoted meanwhile (ASVS 8.3.2).
 * @throws {PermissionDenied}
 */
export async function actOn<Value, Failure>(
  ctx: PersonContext,
  { permission, userId, onOneself }: Action,
  work: (tx: PersonContext, person: Person) => Promise<Result<Value, Failure>>,
): Promise<Result<Value, Failure | ActionFault>> {
  requirePermission(ctx, permission);
  if (!isRecentlyAuthenticated(ctx)) return failure("authentication_not_recent");
  const { viewer } = ctx.actor;
  if (userId === viewer.userId && onOneself !== true) return failure("own_account");
  return inTransaction(ctx, async (tx) => {
    const held = await holdBoth(tx, userId);
    if (!(await stillLives(tx))) return failure("session_ended");
    const own = await permissionsNow(tx, viewer.userId);
    if (!own.includes(permission)) throw new PermissionDenied(permission, "missing");
    const person = held.get(userId);
    if (person === undefined) return failure("no_such_person");
    const theirs = await permissionsNow(tx, userId);
    if (!theirs.every((one) => own.includes(one))) return failure("beyond_own_permissions");
    return work(tx, person);
  });
}

/**
 * Holds the rows of the actor and of the person acted upon until the end of the transaction, in the one order that
 * everybody keeps: what is read of either afterwards stays so. @returns them by id.
 */
export async function holdBoth(
  { db, actor }: PersonContext,
  userId: string,
): Promise<ReadonlyMap<string, Person>> {
  const held = await db
    .select()
    .from(users)
    .where(inArray(users.id, [userId, actor.viewer.userId]))
    .orderBy(users.id)
    .for("no key update");
  return new Map(held.map((person) => [person.id, person]));
}

async function permissionsNow({ db }: PersonContext, userId: string): Promise<readonly Permission[]> {
  const rows = await db
    .select({ name: roles.name, permissions: roles.permissions })
    .from(userRoles)
    .innerJoin(roles, eq(roles.name, userRoles.role))
    .where(and(eq(userRoles.userId, userId), inArray(userRoles.source, roleSources())));
  return permissionsOf(Object.fromEntries(rows.map(({ name, permissions }) => [name, permissions])));
}
