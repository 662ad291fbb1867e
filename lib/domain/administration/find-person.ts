import "server-only";
import { and, asc, desc, eq, gt, inArray, isNull, sql } from "drizzle-orm";
import { isLocked } from "./lift-locks";
import { listPersonEvents } from "./list-person-events";
import { accounts, credentials, oneTimeProofs, providerTokens, sessions, users } from "@/db/schema";
import { requirePermission } from "@/lib/domain/access/require-permission";
import type { Context } from "@/lib/domain/context";
import { readPersonClaims } from "@/lib/domain/oidc/person-claims";
import { providerName } from "@/lib/domain/oidc/provider-config";
import { coarseAddress } from "@/lib/domain/sessions/coarse-address";
import { describeDevice } from "@/lib/domain/sessions/describe-device";
import { listPersonRoles } from "./list-person-roles";
import { pictureAddress } from "@/lib/routes-pictures";
import type { PersonDetails, PersonIdentityView, PersonSessionView } from "@/lib/shared/people";
import { shownName } from "@/lib/shared/shown-name";

const maxListed = 100;

/**
 * Everything about one person that helps to help them. Null when there is nobody with this id.
 * @throws {PermissionDenied}
 */
export async function findPerson(
  ctx: Context,
  { userId }: { userId: string },
): Promise<PersonDetails | null> {
  requirePermission(ctx, "read:users");
  const [person] = await ctx.db
    .select({ user: users, passwordChangedAt: credentials.changedAt })
    .from(users)
    .leftJoin(credentials, eq(credentials.userId, users.id))
    .where(eq(users.id, userId));
  if (person === undefined) return null;
  const { user, passwordChangedAt } = person;
  const [{ roles, permissions }, identities, live, links, locked, events] = await Promise.all([
    listPersonRoles(ctx, userId),
    identitiesOf(ctx, userId),
    sessionsOf(ctx, userId),
    openLinksOf(ctx, userId),
    isLocked(user),
    listPersonEvents(ctx, userId),
  ]);
  const { id, name, username, email, suspendedAt, suspendedUntil, suspensionReason } = user;
  return {
    ...{ id, name, username, email, passwordChangedAt, locked, roles, permissions, identities, events },
    displayName: shownName({ name, username, email }),
    emailVerifiedAt: user.emailVerified,
    picture: pictureAddress(user.image),
    suspension:
      user.status === "suspended"
        ? { since: suspendedAt, until: suspendedUntil, reason: suspensionReason }
        : null,
    deletionDueAt: user.deletionDueAt,
    createdAt: user.createdAt,
    lastSeenAt: user.lastSeenAt,
    openInvitation: links.get("invitation") ?? null,
    openReset: links.get("reset_password") ?? null,
    sessions: live,
  };
}

async function identitiesOf({ db }: Context, userId: string): Promise<readonly PersonIdentityView[]> {
  const rows = await db
    .select()
    .from(accounts)
    .where(eq(accounts.userId, userId))
    .orderBy(asc(accounts.createdAt))
    .limit(maxListed);
  return rows.map(({ id, provider, issuer, subject, claims, createdAt, lastSignedInAt }) => ({
    ...{ id, issuer, subject },
    providerName: providerName(provider),
    email: readPersonClaims(claims).email,
    linkedAt: createdAt,
    lastUsedAt: lastSignedInAt,
  }));
}

async function sessionsOf({ db, now }: Context, userId: string): Promise<readonly PersonSessionView[]> {
  const rows = await db
    .select({
      session: sessions,
      grant: { id: providerTokens.id, endedAt: providerTokens.endedAt, expiresAt: providerTokens.expiresAt },
      renewable: sql<boolean>`${providerTokens.refreshTokenSealed} is not null`,
    })
    .from(sessions)
    .leftJoin(
      providerTokens,
      and(eq(providerTokens.sessionId, sessions.id), eq(providerTokens.provider, sessions.provider)),
    )
    .where(
      and(
        eq(sessions.userId, userId),
        isNull(sessions.revokedAt),
        sql`${sessions.expiresAt} > now()`,
        sql`${sessions.lastSeenAt} + make_interval(secs => ${sessions.idleTimeoutSeconds}) > now()`,
      ),
    )
    .orderBy(desc(sessions.lastSeenAt))
    .limit(maxListed);
  return rows.map(({ session, grant, renewable }) => ({
    id: session.id,
    device: describeDevice(session.userAgent),
    method: session.method,
    providerName: session.provider === null ? null : providerName(session.provider),
    address: session.address === null ? null : coarseAddress(session.address),
    createdAt: session.createdAt,
    lastSeenAt: session.lastSeenAt,
    tokens: grant === null ? null : stateOf(grant, renewable, now()),
  }));
}

function stateOf(
  { endedAt, expiresAt }: { endedAt: Date | null; expiresAt: Date | null },
  renewable: boolean,
  now: Date,
): PersonSessionView["tokens"] {
  if (endedAt !== null) return "ended";
  return renewable || expiresAt === null || expiresAt > now ? "live" : "expired";
}

async function openLinksOf({ db, now }: Context, userId: string): Promise<ReadonlyMap<string, Date>> {
  const rows = await db
    .select({ purpose: oneTimeProofs.purpose, expiresAt: oneTimeProofs.expiresAt })
    .from(oneTimeProofs)
    .where(
      and(
        eq(oneTimeProofs.userId, userId),
        inArray(oneTimeProofs.purpose, ["invitation", "reset_password"]),
        isNull(oneTimeProofs.consumedAt),
        gt(oneTimeProofs.expiresAt, now()),
      ),
    );
  return new Map(rows.map(({ purpose, expiresAt }) => [purpose, expiresAt]));
}
