import "server-only";
import { eq } from "drizzle-orm";
import { actOn, type ActionFault, type Person } from "./act-on";
import { accounts, credentials } from "@/db/schema";
import { recordEvent } from "@/lib/domain/audit/record-event";
import type { Context, PersonContext } from "@/lib/domain/context";
import { invitationMail, resetPasswordMail } from "@/lib/domain/identity/account-mails";
import { mailProof } from "@/lib/domain/verification/mail-proof";
import { failure, success, type Result } from "@/lib/shared/result";

export type LinkFault =
  | "no_address"
  /** They log in with an identity alone. */
  | "no_password"
  | "suspended"
  | "mail_capped"
  | "mail_off";

/**
 * Sends a person the link by which they choose another password; the one they have stays until then, and nobody else ever
 * knows either (ASVS 6.4.6). Who was invited and has no way in yet gets the invitation once more.
 */
export function sendPasswordLink(
  ctx: PersonContext,
  { userId }: { userId: string },
): Promise<Result<void, ActionFault | LinkFault>> {
  return actOn(ctx, { permission: "update:users", userId }, async (tx, person) => {
    if (person.status === "suspended") return failure("suspended");
    if (person.email === null) return failure("no_address");
    const [password] = await tx.db
      .select({ id: credentials.userId })
      .from(credentials)
      .where(eq(credentials.userId, userId));
    const [identity] = await tx.db
      .select({ id: accounts.id })
      .from(accounts)
      .where(eq(accounts.userId, userId));
    if (password === undefined && identity !== undefined) return failure("no_password");
    const kind = password === undefined ? "invitation" : "reset_password";
    const sent = await mailPasswordLink(tx, { ...person, email: person.email }, kind);
    if (!sent.ok) return failure(sent.error);
    await recordEvent(tx, {
      event: "authn_password_reset_requested",
      subjectId: userId,
      details: { by: "administrator", kind },
    });
    return success(undefined);
  });
}

/** Sends the link of an invitation or a reset. Call it in a transaction. */
export async function mailPasswordLink(
  tx: Context,
  { id, username, email }: Pick<Person, "id" | "username"> & { readonly email: string },
  kind: "invitation" | "reset_password",
): Promise<Result<void, "mail_capped" | "mail_off">> {
  const mail = kind === "invitation" ? invitationMail : resetPasswordMail;
  const { kind: answer } = await mailProof(tx, {
    kind,
    to: email,
    proofs: [{ purpose: kind, userId: id, email }],
    content: ([proof]) => mail({ username: username ?? email, token: proof?.secret ?? "" }),
  });
  return answer === "queued" ? success(undefined) : failure(answer === "off" ? "mail_off" : "mail_capped");
}
