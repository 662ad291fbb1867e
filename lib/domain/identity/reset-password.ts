import "server-only";
import { and, eq, lte, or } from "drizzle-orm";
import { passwordChangedMail } from "./account-mails";
import { belongsToAnother } from "./address-owner";
import { isBreached } from "./breached-passwords";
import { refusePassword } from "./refuse-password";
import { forgiveSignIn } from "./sign-in-limits";
import { accounts, credentials, sessions, users } from "@/db/schema";
import { recordEvent } from "@/lib/domain/audit/record-event";
import { inTransaction, type Context } from "@/lib/domain/context";
import { queueMail } from "@/lib/domain/mail/queue-mail";
import { endSessions } from "@/lib/domain/sessions/end-sessions";
import type { ReleasedGrant } from "@/lib/domain/tokens/release-grants";
import { consumeLink, endProofs, peekLink } from "@/lib/domain/verification/use-proof";
import { isUniqueViolation } from "@/lib/platform/database-errors";
import { HashingOverloadedError, hashPassword } from "@/lib/platform/hashing/password-hash";
import type { PasswordRefusal } from "@/lib/shared/password-refusals";
import { failure, success, type Result } from "@/lib/shared/result";

type ResetFault = "link_spent" | "overloaded" | PasswordRefusal;

interface Resettable {
  readonly userId: string;
  readonly username: string | null;
  readonly name: string | null;
  readonly email: string;
  readonly proved: boolean;
}

const noticeUsefulForMilliseconds = 24 * 60 * 60 * 1000;

/** Whose password a link changes, for the page that asks for the new one. It uses nothing up. Null when it is no good. */
export async function previewReset(ctx: Context, { token }: { token: string }): Promise<Resettable | null> {
  const proof =
    (await peekLink(ctx, { purpose: "reset_password", token })) ??
    (await peekLink(ctx, { purpose: "invitation", token }));
  if (proof === null) return null;
  const { userId, email } = proof;
  const [user] = await ctx.db
    .select({ username: users.username, name: users.name, email: users.email, verified: users.emailVerified })
    .from(users)
    .where(and(eq(users.id, userId), or(eq(users.status, "active"), lte(users.suspendedUntil, ctx.now()))));
  // A link that went to an address which the account has left, or which somebody else has proved, is no good.
  if (user?.email?.toLowerCase() !== email.toLowerCase()) return null;
  if (await belongsToAnother(ctx, proof)) return null;
  return { userId, username: user.username, name: user.name, email, proved: user.verified !== null };
}

/**
 * Puts a new password in the place of the old one, by the link that was sent to the account's address; a first
 * one by that of an invitation. Every session of the
 * account ends, its other links and codes too, and its owner gets word by mail. It signs nobody in, and touches no second
 * factor (ASVS 6.4.3): the next sign-in asks for whatever the account asks for.
 * @returns the grants of the ended sessions, to revoke at their providers.
 */
export async function resetPassword(
  ctx: Context,
  { token, password }: { token: string; password: string },
): Promise<Result<{ readonly released: readonly ReleasedGrant[] }, ResetFault>> {
  const person = await previewReset(ctx, { token });
  if (person === null) return failure("link_spent");
  const words = [person.username, person.name, person.email].filter((word) => word !== null);
  const refusal = refusePassword(password, words);
  if (refusal !== null) return failure(refusal);
  if (await isBreached(ctx, password)) return failure("breached");
  try {
    const passwordHash = await hashPassword(password);
    const released = await inTransaction(ctx, async (tx) => {
      const proof =
        (await consumeLink(tx, { purpose: "reset_password", token })) ??
        (await consumeLink(tx, { purpose: "invitation", token }));
      return proof?.userId === person.userId ? replacePassword(tx, person, passwordHash) : null;
    });
    if (released === null) return failure("link_spent");
    // Whoever reads the mail of the account is not the one who was guessing at it.
    for (const name of [person.username, person.email])
      if (name !== null) await forgiveSignIn(ctx, name.normalize("NFC").toLowerCase());
    return success({ released });
  } catch (error) {
    if (error instanceof HashingOverloadedError) return failure("overloaded");
    if (isUniqueViolation(error, "users_verified_email_key")) return failure("link_spent");
    throw error;
  }
}

async function replacePassword(
  tx: Context,
  person: Resettable,
  passwordHash: string,
): Promise<readonly ReleasedGrant[]> {
  const { userId, username, email } = person;
  const password = { passwordHash, changedAt: tx.now() };
  await tx.db
    .insert(credentials)
    .values({ userId, ...password })
    .onConflictDoUpdate({ target: credentials.userId, set: password });
  if (!person.proved) await proveAddress(tx, userId);
  // Before the sessions: a sign-in by code that is under way holds its proof until its session is there to be ended.
  await endProofs(tx, { userId });
  const released = await endSessions(tx, eq(sessions.userId, userId), "password_reset");
  const usefulUntil = new Date(tx.now().getTime() + noticeUsefulForMilliseconds);
  const content = passwordChangedMail({ username: username ?? email });
  await queueMail(tx, { to: email, kind: "password_changed", content, usefulUntil });
  await recordEvent(tx, { event: "authn_password_change", subjectId: userId, details: { by: "reset" } });
  return released;
}

/**
 * The link proves the address as well. Whoever opened the account without proving it may be somebody else, so the ways in
 * that they left behind go too.
 */
async function proveAddress(tx: Context, userId: string): Promise<void> {
  await tx.db.delete(accounts).where(eq(accounts.userId, userId));
  await tx.db.update(users).set({ emailVerified: tx.now(), updatedAt: tx.now() }).where(eq(users.id, userId));
}
