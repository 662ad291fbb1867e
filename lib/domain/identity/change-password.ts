import "server-only";
import { eq } from "drizzle-orm";
import { passwordChangedMail } from "./account-mails";
import { isBreached } from "./breached-passwords";
import { checkPassword, type SignInRefusal } from "./check-password";
import { refusePassword } from "./refuse-password";
import { credentials, users } from "@/db/schema";
import { recordEvent } from "@/lib/domain/audit/record-event";
import { inTransaction, type Context, type PersonContext } from "@/lib/domain/context";
import { queueMail } from "@/lib/domain/mail/queue-mail";
import { isRecentlyAuthenticated } from "@/lib/domain/sessions/recent-authentication";
import { revokeOtherSessions } from "@/lib/domain/sessions/revoke-session";
import { stillLives } from "@/lib/domain/sessions/still-lives";
import { releaseGrants, type ReleasedGrant } from "@/lib/domain/tokens/release-grants";
import { endProofs } from "@/lib/domain/verification/use-proof";
import { isUniqueViolation } from "@/lib/platform/database-errors";
import { HashingOverloadedError, hashPassword } from "@/lib/platform/hashing/password-hash";
import type { PasswordRefusal } from "@/lib/shared/password-refusals";
import { failure, success, type Result } from "@/lib/shared/result";

interface NewPassword {
  readonly password: string;
  /** Whether all other sessions end (ASVS 7.4.3). */
  readonly endOthers: boolean;
}

type Changed<Failure> = Result<
  readonly ReleasedGrant[],
  | Failure
  | { readonly code: PasswordRefusal }
  | { readonly code: "overloaded" }
  | { readonly code: "session_ended" }
>;

const noticeUsefulForMilliseconds = 24 * 60 * 60 * 1000;

/**
 * Puts a new password in the place of the old one, which must be given (ASVS 6.2.3) and is counted like a sign-in. Open
 * links and codes of the account end, and its owner gets word by mail.
 * @returns the grants of ended sessions, to revoke at their providers.
 */
export async function changePassword(
  ctx: PersonContext,
  { current, ...next }: NewPassword & { readonly current: string },
): Promise<Changed<SignInRefusal>> {
  const { userId, username, email } = ctx.actor.viewer;
  const checked = await checkPassword(ctx, { identifier: username ?? email ?? "", password: current });
  if (!checked.ok) return checked;
  if (checked.value.userId !== userId) return failure({ code: "invalid_credentials" });
  return save(ctx, next, async (tx, passwordHash) => {
    await tx.db
      .update(credentials)
      .set({ passwordHash, changedAt: tx.now() })
      .where(eq(credentials.userId, userId));
    await recordEvent(tx, { event: "authn_password_change", subjectId: userId, details: { by: "person" } });
  });
}

/**
 * Gives a password to somebody who has none and has just proved who they are; a user name too, when they have nothing else
 * to log in with.
 */
export async function setPassword(
  ctx: PersonContext,
  { username, ...next }: NewPassword & { readonly username: string | null },
): Promise<Changed<{ readonly code: "authentication_not_recent" | "username_taken" | "has_password" }>> {
  if (!isRecentlyAuthenticated(ctx)) return failure({ code: "authentication_not_recent" });
  const { userId } = ctx.actor.viewer;
  try {
    return await save(ctx, next, async (tx, passwordHash) => {
      if (username !== null && ctx.actor.viewer.username === null)
        await tx.db.update(users).set({ username, updatedAt: tx.now() }).where(eq(users.id, userId));
      await tx.db.insert(credentials).values({ userId, passwordHash, changedAt: tx.now() });
      await recordEvent(tx, {
        event: "authn_password_change",
        subjectId: userId,
        details: { change: "set" },
      });
    });
  } catch (error) {
    if (isUniqueViolation(error, "users_username_lower_key")) return failure({ code: "username_taken" });
    if (isUniqueViolation(error, "credentials_pkey")) return failure({ code: "has_password" });
    throw error;
  }
}

async function save(
  ctx: PersonContext,
  { password, endOthers }: NewPassword,
  write: (tx: Context, passwordHash: string) => Promise<void>,
): Promise<Changed<never>> {
  const { userId, username, name, email, emailVerified } = ctx.actor.viewer;
  const refusal = refusePassword(
    password,
    [username, name, email].filter((word) => word !== null),
  );
  if (refusal !== null) return failure({ code: refusal });
  if (await isBreached(ctx, password)) return failure({ code: "breached" });
  try {
    const passwordHash = await hashPassword(password);
    return await inTransaction(ctx, async (tx) => {
      // In the order of a sign-in; the hash has taken long enough for somebody to be shut out.
      await tx.db
        .select({ id: credentials.userId })
        .from(credentials)
        .where(eq(credentials.userId, userId))
        .for("update");
      await tx.db.select({ id: users.id }).from(users).where(eq(users.id, userId)).for("no key update");
      if (!(await stillLives(tx))) return failure({ code: "session_ended" });
      await write(tx, passwordHash);
      await endProofs(tx, { userId });
      const released: ReleasedGrant[] = [];
      if (endOthers)
        for (const { id } of await revokeOtherSessions(tx))
          released.push(...(await releaseGrants(tx, { sessionId: id })));
      if (email !== null && emailVerified)
        await queueMail(tx, {
          to: email,
          kind: "password_changed",
          content: passwordChangedMail({ username: username ?? email }),
          usefulUntil: new Date(tx.now().getTime() + noticeUsefulForMilliseconds),
        });
      return success(released);
    });
  } catch (error) {
    if (error instanceof HashingOverloadedError) return failure({ code: "overloaded" });
    throw error;
  }
}
