import "server-only";
import { and, eq, gte } from "drizzle-orm";
import { emailChangeUndoneMail, emailRestoredMail } from "./email-change-mails";
import { lockPerson, type LockedPerson } from "./lock-person";
import { accounts, credentials, sessions, users } from "@/db/schema";
import { recordEvent } from "@/lib/domain/audit/record-event";
import { inTransaction, type Context } from "@/lib/domain/context";
import { belongsToAnother } from "@/lib/domain/identity/address-owner";
import { dropClaimedRoles } from "@/lib/domain/linking/drop-claimed-roles";
import { queueMail } from "@/lib/domain/mail/queue-mail";
import { endSessions } from "@/lib/domain/sessions/end-sessions";
import type { ReleasedGrant } from "@/lib/domain/tokens/release-grants";
import { mailProof } from "@/lib/domain/verification/mail-proof";
import { consumeLink, endProofs, peekLink, type Proved } from "@/lib/domain/verification/use-proof";
import { isUniqueViolation } from "@/lib/platform/database-errors";
import { unmatchableHash } from "@/lib/platform/hashing/password-hash";
import { failure, success, type Result } from "@/lib/shared/result";

/** `address_taken`: another account has proved the address meanwhile; the link stays good. */
export type UndoFault = "undo_spent" | "address_taken";

const noticeUsefulForMilliseconds = 3 * 24 * 60 * 60 * 1000;

/** What the page of the link shows before the person presses its button. It uses nothing up. */
export async function previewEmailUndo(
  ctx: Context,
  { token }: { token: string },
): Promise<Result<{ readonly username: string | null; readonly email: string }, UndoFault>> {
  const proof = await peekLink(ctx, { purpose: "undo_email_change", token });
  if (proof === null) return failure("undo_spent");
  const [person] = await ctx.db
    .select({ username: users.username })
    .from(users)
    .where(and(eq(users.id, proof.userId), eq(users.status, "active")));
  if (person === undefined) return failure("undo_spent");
  if (await belongsToAnother(ctx, proof)) return failure("address_taken");
  return success({ username: person.username, email: proof.email });
}

/**
 * Gives an account back to the address that the link was sent to, whatever it has become since, and shuts everybody out:
 * every session, link and code ends, the password matches nothing any more, identities that were connected since the
 * change are taken off, and a wish to be deleted is taken back. A mail to the address says how to get in. It signs nobody
 * in.
 * @returns grants of the ended sessions, to revoke at their providers.
 */
export async function undoEmailChange(
  ctx: Context,
  { token }: { token: string },
): Promise<Result<readonly ReleasedGrant[], UndoFault>> {
  const purpose = "undo_email_change";
  const seen = await peekLink(ctx, { purpose, token });
  if (seen === null) return failure("undo_spent");
  try {
    return await inTransaction(ctx, async (tx) => {
      const before = await lockPerson(tx, seen.userId);
      const proof = before === null ? null : await consumeLink(tx, { purpose, token });
      if (before === null || proof === null) return failure("undo_spent");
      return success(await giveBack(tx, proof, before));
    });
  } catch (error) {
    if (isUniqueViolation(error, "users_verified_email_key")) return failure("address_taken");
    throw error;
  }
}

async function giveBack(
  tx: Context,
  { userId, email, issuedAt }: Proved,
  before: LockedPerson,
): Promise<readonly ReleasedGrant[]> {
  await tx.db
    .update(users)
    .set({ email, emailVerified: tx.now(), deletionDueAt: null, updatedAt: tx.now() })
    .where(eq(users.id, userId));
  // Password, proofs and identities before the sessions: a sign-in that is under way holds one of them until its session
  // is there to be ended.
  const locked = await tx.db
    .update(credentials)
    .set({ passwordHash: unmatchableHash(), changedAt: tx.now() })
    .where(eq(credentials.userId, userId))
    .returning({ userId: credentials.userId });
  await endProofs(tx, { userId });
  await removeIdentitiesSince(tx, userId, issuedAt);
  const released = await endSessions(tx, eq(sessions.userId, userId), "email_change_undone");
  await mailWhatIsNext(tx, { userId, email, before, hasPassword: locked.length > 0 });
  const details = { change: "email_change_undone" };
  await recordEvent(tx, { event: "user_updated", subjectId: userId, details });
  return released;
}

async function removeIdentitiesSince(tx: Context, userId: string, since: Date): Promise<void> {
  const removed = await tx.db
    .delete(accounts)
    .where(and(eq(accounts.userId, userId), gte(accounts.createdAt, since)))
    .returning({ userId: accounts.userId, provider: accounts.provider });
  for (const account of removed) {
    await dropClaimedRoles(tx, account);
    const details = { change: "identity_unlinked", provider: account.provider };
    await recordEvent(tx, { event: "user_updated", subjectId: userId, details });
  }
}

async function mailWhatIsNext(
  tx: Context,
  what: { userId: string; email: string; before: LockedPerson; hasPassword: boolean },
): Promise<void> {
  const { userId, email, before, hasPassword } = what;
  const { username } = before;
  const usefulUntil = new Date(tx.now().getTime() + noticeUsefulForMilliseconds);
  const kind = "email_restored";
  if (hasPassword)
    await mailProof(tx, {
      kind,
      to: email,
      proofs: [{ purpose: "reset_password", userId, email }],
      content: ([proof]) => emailRestoredMail({ username, token: proof?.secret ?? "" }),
    });
  else
    await queueMail(tx, {
      kind,
      to: email,
      content: emailRestoredMail({ username, token: null }),
      usefulUntil,
    });
  if (before.email === null || before.email.toLowerCase() === email.toLowerCase()) return;
  const content = emailChangeUndoneMail({ username });
  await queueMail(tx, { kind: "email_change_undone", to: before.email, content, usefulUntil });
}
