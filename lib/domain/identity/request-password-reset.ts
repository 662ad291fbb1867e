import "server-only";
import { and, desc, eq, isNotNull, lte, or, sql } from "drizzle-orm";
import { noPasswordMail, resetPasswordMail } from "./account-mails";
import { credentials, users } from "@/db/schema";
import { recordEvent } from "@/lib/domain/audit/record-event";
import { inTransaction, type Context } from "@/lib/domain/context";
import { mailProof } from "@/lib/domain/verification/mail-proof";

/**
 * Sends the link that chooses a new password to the account with this address: the one that proved it, else the newest that
 * claims it. An unknown address costs the same statements and counts alike, so that neither the answer nor its time says
 * who is here (ASVS 6.3.8).
 */
export async function requestPasswordReset(
  ctx: Context,
  { email }: { email: string },
): Promise<"queued" | "capped" | "off"> {
  const notHeld = or(eq(users.status, "active"), lte(users.suspendedUntil, ctx.now()));
  const [person] = await ctx.db
    .select({ id: users.id, username: users.username, email: users.email, password: credentials.userId })
    .from(users)
    .leftJoin(credentials, eq(credentials.userId, users.id))
    .where(
      and(
        eq(sql`lower(${users.email})`, email.toLowerCase()),
        notHeld,
        or(isNotNull(users.emailVerified), isNotNull(credentials.userId)),
      ),
    )
    .orderBy(sql`${users.emailVerified} is null`, desc(users.createdAt))
    .limit(1);
  const holder = person?.password ?? null;
  const to = person?.email ?? email;
  return inTransaction(ctx, async (tx) => {
    const { kind } = await mailProof(tx, {
      kind: "reset_password",
      to,
      proofs: [{ purpose: "reset_password", userId: holder, email: to }],
      audience: person === undefined ? "nobody" : "recipient",
      content: ([proof]) =>
        person !== undefined && holder === null
          ? noPasswordMail()
          : resetPasswordMail({ username: person?.username ?? to, token: proof?.secret ?? "" }),
    });
    await recordEvent(tx, {
      event: "authn_password_reset_requested",
      subjectId: person?.id ?? null,
      details: { mail: kind },
    });
    return kind;
  });
}
