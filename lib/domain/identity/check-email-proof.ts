import "server-only";
import { eq } from "drizzle-orm";
import { users } from "@/db/schema";
import { recordEvent } from "@/lib/domain/audit/record-event";
import type { Context } from "@/lib/domain/context";
import { consumeLink, guessCode, peekLink, type Proved } from "@/lib/domain/verification/use-proof";
import { failure, success, type Result } from "@/lib/shared/result";

/** The code typed in the browser that asked for it, or the link opened anywhere. */
export type EmailProof =
  | { readonly kind: "code"; readonly id: string; readonly code: string; readonly browserToken: string }
  | { readonly kind: "link"; readonly token: string };

/** `wrong_code` leaves further guesses; after `link_spent` only a new mail helps. */
export type EmailProofFault = "wrong_code" | "link_spent";

/** Whom a link signs in, for the page that asks before it does. It uses nothing up. Null when it is no good. */
export async function previewEmailSignIn(
  ctx: Context,
  { token }: { token: string },
): Promise<{ readonly username: string } | null> {
  const proof = await peekLink(ctx, { purpose: "sign_in_link", token });
  const person = proof === null ? null : await personOf(ctx, proof);
  return person === null || proof === null ? null : { username: person.username ?? proof.email };
}

/** Uses up the code or link of a sign-in by mail. A failure is recorded; it never says whether there is such a person. */
export async function checkEmailProof(
  ctx: Context,
  proof: EmailProof,
): Promise<Result<Proved, EmailProofFault>> {
  const checked = await spendProof(ctx, proof);
  if (checked.ok && (await personOf(ctx, checked.value)) !== null) return checked;
  const fault = checked.ok ? "link_spent" : checked.error;
  await recordEvent(ctx, {
    event: "authn_login_fail",
    subjectId: checked.ok ? checked.value.userId : null,
    details: { method: "email", by: proof.kind, reason: fault },
  });
  return failure(fault);
}

async function spendProof(ctx: Context, proof: EmailProof): Promise<Result<Proved, EmailProofFault>> {
  if (proof.kind === "link") {
    const proved = await consumeLink(ctx, { purpose: "sign_in_link", token: proof.token });
    return proved === null ? failure("link_spent") : success(proved);
  }
  const guessed = await guessCode(ctx, { purpose: "sign_in_code", ...proof });
  if (guessed.ok) return guessed;
  return failure(guessed.error === "wrong" ? "wrong_code" : "link_spent");
}

/** The person whom a proof speaks for, while the address that it went to is still theirs. */
async function personOf(
  { db }: Context,
  { userId, email }: Proved,
): Promise<{ readonly username: string | null } | null> {
  const [user] = await db.select().from(users).where(eq(users.id, userId));
  if (user === undefined || user.emailVerified === null) return null;
  return user.email?.toLowerCase() === email.toLowerCase() ? { username: user.username } : null;
}
