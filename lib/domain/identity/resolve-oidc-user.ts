import "server-only";
import { and, asc, eq, sql, type SQL } from "drizzle-orm";
import { accounts, credentials, sessions, userRoles, users } from "@/db/schema";
import { admitPerson } from "./admit-person";
import { recordEvent } from "@/lib/domain/audit/record-event";
import type { Context } from "@/lib/domain/context";
import type { VerifiedIdentity } from "@/lib/domain/oidc/verify-identity";
import { revokeSessions } from "@/lib/domain/sessions/revoke-session";
import { releaseGrants } from "@/lib/domain/tokens/release-grants";
import { endProofs } from "@/lib/domain/verification/use-proof";
import { failure, success, type Result } from "@/lib/shared/result";

type Refusal =
  { readonly code: "account_exists"; readonly holderId: string } | { readonly code: "account_suspended" };

/**
 * The user that a verified identity belongs to; made when the identity is new. (issuer, subject) alone decides: an
 * e-mail address joins nothing to an account that proved it. An account that never proved its address gives way to the
 * identity that did, and loses its password and sessions, so that nobody can lie in wait for a person to arrive.
 */
export async function resolveOidcUser(
  ctx: Context,
  identity: VerifiedIdentity,
): Promise<Result<string, Refusal>> {
  const known = await findKnown(ctx, identity);
  if (known !== null) return welcomeBack(ctx, identity, known);
  const holder = await findByVerifiedEmail(ctx, identity);
  if (holder !== null && holder.emailVerified !== null) {
    // A first sign-in sent twice: the other one has just made this account.
    const made = await findKnown(ctx, identity);
    return made === null
      ? failure({ code: "account_exists", holderId: holder.id })
      : welcomeBack(ctx, identity, made);
  }
  if (holder !== null && !(await admitPerson(ctx, holder.id))) return failure({ code: "account_suspended" });
  const userId = holder === null ? await createUser(ctx, identity) : await takeOver(ctx, holder.id);
  const { issuer, subject, claims, provider } = identity;
  await ctx.db.insert(accounts).values({ userId, provider: provider.id, issuer, subject, claims });
  return success(userId);
}

interface Known {
  readonly userId: string;
  readonly local: string | null;
}

async function findKnown(ctx: Context, { issuer, subject }: VerifiedIdentity): Promise<Known | null> {
  const [known] = await ctx.db
    .select({ userId: accounts.userId, local: credentials.userId })
    .from(accounts)
    .leftJoin(credentials, eq(credentials.userId, accounts.userId))
    .where(and(eq(accounts.issuer, issuer), eq(accounts.subject, subject)))
    // Waits for somebody who is taking this identity from the account, so that no session outlives it.
    .for("update", { of: accounts });
  return known ?? null;
}

async function welcomeBack(
  ctx: Context,
  identity: VerifiedIdentity,
  { userId, local }: Known,
): Promise<Result<string, Refusal>> {
  if (!(await admitPerson(ctx, userId))) return failure({ code: "account_suspended" });
  await updateKnown(ctx, identity, userId, local !== null);
  return success(userId);
}

async function updateKnown(
  ctx: Context,
  identity: VerifiedIdentity,
  userId: string,
  hasPassword: boolean,
): Promise<void> {
  const { issuer, subject, claims, provider, person } = identity;
  await ctx.db
    .update(accounts)
    .set({ claims, provider: provider.id, lastSignedInAt: ctx.now() })
    .where(and(eq(accounts.issuer, issuer), eq(accounts.subject, subject)));
  // Somebody with a local account has chosen a name here; for everybody else the provider knows best.
  const name = chosenElse(users.name, users.ownName, person.name, hasPassword);
  const image = chosenElse(users.image, users.ownImage, person.picture, hasPassword);
  await ctx.db.update(users).set({ name, image, updatedAt: ctx.now() }).where(eq(users.id, userId));
}

function chosenElse(
  kept: typeof users.name | typeof users.image,
  own: typeof users.ownName | typeof users.ownImage,
  claimed: string | null,
  hasPassword: boolean,
): SQL {
  const known = hasPassword ? sql`coalesce(${kept}, ${claimed})` : sql`coalesce(${claimed}, ${kept})`;
  return sql`case when ${own} then ${kept} else ${known} end`;
}

async function findByVerifiedEmail(
  ctx: Context,
  { person }: VerifiedIdentity,
): Promise<{ id: string; emailVerified: Date | null } | null> {
  // An address that the provider has not verified is not kept as ours, so it can neither join nor block anything.
  if (person.email === null || !person.emailVerified) return null;
  const [holder] = await ctx.db
    .select({ id: users.id, emailVerified: users.emailVerified })
    .from(users)
    .where(eq(sql`lower(${users.email})`, person.email.toLowerCase()))
    // Who proved the address, else whoever claimed it first. PostgreSQL puts null last.
    .orderBy(asc(users.emailVerified), asc(users.createdAt))
    .limit(1)
    .for("update");
  return holder ?? null;
}

async function createUser(ctx: Context, { person, provider }: VerifiedIdentity): Promise<string> {
  const [user] = await ctx.db
    .insert(users)
    .values({
      name: person.name,
      image: person.picture,
      ...(person.emailVerified && { email: person.email, emailVerified: ctx.now() }),
      createdAt: ctx.now(),
    })
    .returning({ id: users.id });
  if (user === undefined) throw new Error("the user row was not returned");
  await ctx.db.insert(userRoles).values({ userId: user.id, role: "user" });
  await recordEvent(ctx, { event: "user_created", subjectId: user.id, details: { provider: provider.id } });
  return user.id;
}

async function takeOver(ctx: Context, userId: string): Promise<string> {
  await ctx.db.delete(credentials).where(eq(credentials.userId, userId));
  await endProofs(ctx, { userId });
  const ended = await revokeSessions(ctx, eq(sessions.userId, userId), "gave_way_to_verified_identity");
  for (const { id } of ended) await releaseGrants(ctx, { sessionId: id });
  await ctx.db
    .update(users)
    .set({ emailVerified: ctx.now(), updatedAt: ctx.now() })
    .where(eq(users.id, userId));
  await recordEvent(ctx, {
    event: "user_updated",
    subjectId: userId,
    details: { change: "gave_way_to_verified_identity" },
  });
  return userId;
}
