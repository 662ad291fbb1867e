import "server-only";
import { and, eq, isNotNull, sql } from "drizzle-orm";
import { signInMail } from "./account-mails";
import { users } from "@/db/schema";
import { recordEvent } from "@/lib/domain/audit/record-event";
import { inTransaction, type Context } from "@/lib/domain/context";
import { mailProof } from "@/lib/domain/verification/mail-proof";
import { failure, success, type Result } from "@/lib/shared/result";

/**
 * Sends a code for the browser that asks and a link for any other to whoever proved this address. An unknown address costs
 * the same statements, counts alike, and gets a proof that never succeeds.
 * @returns the id of the code's proof, for the browser to keep.
 */
export async function requestEmailSignIn(
  ctx: Context,
  { email, browserToken }: { email: string; browserToken: string },
): Promise<Result<{ readonly proofId: string }, "capped" | "off">> {
  const [person] = await ctx.db
    .select({ id: users.id, username: users.username, email: users.email })
    .from(users)
    .where(and(eq(sql`lower(${users.email})`, email.toLowerCase()), isNotNull(users.emailVerified)));
  const userId = person?.id ?? null;
  const to = person?.email ?? email;
  return inTransaction(ctx, async (tx) => {
    const mailed = await mailProof(tx, {
      kind: "sign_in",
      to,
      proofs: [
        { purpose: "sign_in_code", userId, email: to, browserToken },
        { purpose: "sign_in_link", userId, email: to },
      ],
      audience: person === undefined ? "nobody" : "recipient",
      content: ([code, link]) =>
        signInMail({ username: person?.username ?? to, code: code?.secret ?? "", token: link?.secret ?? "" }),
    });
    await recordEvent(tx, {
      event: "authn_login_code_requested",
      subjectId: userId,
      details: { mail: mailed.kind },
    });
    if (mailed.kind !== "queued") return failure(mailed.kind);
    return success({ proofId: mailed.issued[0]?.id ?? "" });
  });
}
