import "server-only";
import { addressWantedMail, changeEmailMail } from "./email-change-mails";
import { recordEvent } from "@/lib/domain/audit/record-event";
import { inTransaction, type PersonContext } from "@/lib/domain/context";
import { belongsToAnother } from "@/lib/domain/identity/address-owner";
import { limitOf, spend } from "@/lib/domain/rate-limits/counter";
import { isRecentlyAuthenticated } from "@/lib/domain/sessions/recent-authentication";
import { mailProof } from "@/lib/domain/verification/mail-proof";
import { findOpenProof } from "@/lib/domain/verification/use-proof";
import { log } from "@/lib/platform/log";
import { failure, success, type Result } from "@/lib/shared/result";

export type EmailChangeRefusal =
  | { readonly code: "authentication_not_recent" | "own_address" | "capped" | "off" }
  | { readonly code: "rate_limited"; readonly retryAfterSeconds: number };

/**
 * Sends the link that makes `email` the address of the person who asks, who has proved lately who they are; the newest
 * link replaces the one before. Where the address belongs to another account its owner gets word of that, by the same
 * statements: the answer says nothing about who is here (ASVS 6.3.8).
 */
export async function requestEmailChange(
  ctx: PersonContext,
  { email }: { email: string },
): Promise<Result<null, EmailChangeRefusal>> {
  if (!isRecentlyAuthenticated(ctx)) return failure({ code: "authentication_not_recent" });
  const { userId, username, email: current } = ctx.actor.viewer;
  if (current?.toLowerCase() === email.toLowerCase()) return failure({ code: "own_address" });
  const spent = await spend("email_change_person", userId);
  if (spent.points > limitOf("email_change_person")) {
    const { requestId, address } = ctx;
    log.warn({ event: "excess_rate_limit_exceeded", requestId, address }, "too many changes of address");
    return failure({ code: "rate_limited", retryAfterSeconds: spent.retryAfterSeconds });
  }
  return inTransaction(ctx, async (tx) => {
    const known = await belongsToAnother(tx, { email, userId });
    const { kind } = await mailProof(tx, {
      kind: "change_email",
      to: email,
      // For a known address too, whose mail holds no link: else the link before would go on working, and say so.
      proofs: [{ purpose: "change_email", userId, email }],
      content: ([proof]) =>
        known ? addressWantedMail({ username }) : changeEmailMail({ username, token: proof?.secret ?? "" }),
    });
    if (kind !== "queued") return failure({ code: kind });
    const details = { change: "email_change_asked" };
    await recordEvent(tx, { event: "user_updated", subjectId: userId, details });
    return success(null);
  });
}

/** The address that waits to be confirmed by the person who asks, or null. */
export async function pendingEmailChange(ctx: PersonContext): Promise<string | null> {
  const { userId } = ctx.actor.viewer;
  return (await findOpenProof(ctx, { purpose: "change_email", userId }))?.email ?? null;
}
