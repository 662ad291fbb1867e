import "server-only";
import { and, eq } from "drizzle-orm";
import { accounts, sessions, users } from "@/db/schema";
import type { PersonContext } from "@/lib/domain/context";
import { readPersonClaims } from "@/lib/domain/oidc/person-claims";
import type { ProfileView } from "@/lib/shared/views";

/** What the profile page shows besides the viewer: the claims of the identity that this session was opened with. */
export async function readProfile(ctx: PersonContext): Promise<ProfileView> {
  const { viewer } = ctx.actor;
  const [row] = await ctx.db
    .select({ claims: accounts.claims, memberSince: users.createdAt })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .leftJoin(accounts, and(eq(accounts.issuer, sessions.issuer), eq(accounts.subject, sessions.subject)))
    .where(eq(sessions.id, viewer.sessionId));
  const claims = row?.claims ?? localClaims(ctx);
  const { nickname, email } = readPersonClaims(claims);
  return {
    claims,
    nickname: nickname ?? viewer.username,
    claimedEmail: email,
    memberSince: row?.memberSince ?? ctx.now(),
  };
}

/** A local account in the words of OpenID Connect Core 5.1. */
function localClaims({ actor: { viewer } }: PersonContext): Record<string, unknown> {
  return {
    sub: viewer.userId,
    ...(viewer.name !== null && { name: viewer.name }),
    ...(viewer.username !== null && { preferred_username: viewer.username }),
    ...(viewer.email !== null && { email: viewer.email, email_verified: viewer.emailVerified }),
  };
}
