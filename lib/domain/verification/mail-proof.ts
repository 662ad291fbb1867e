import "server-only";
import { issueProof, type IssuedProof, type ProofRequest } from "./issue-proof";
import { inTransaction, type Context } from "@/lib/domain/context";
import { queueMail } from "@/lib/domain/mail/queue-mail";
import type { MailContent } from "@/lib/domain/mail/render-mail";

class NotQueued extends Error {
  readonly answer: "capped" | "off";

  constructor(answer: "capped" | "off") {
    super(`the mail was not queued: ${answer}`);
    this.answer = answer;
  }
}

interface MailedProof {
  /** What the limit of an address counts. The same for known and unknown addresses. */
  readonly kind: string;
  readonly proofs: readonly ProofRequest[];
  readonly to: string;
  /** Nobody gets a mail whose proofs speak for nobody, unless there is something else to say. */
  readonly audience?: "recipient" | "nobody";
  readonly content: (issued: readonly IssuedProof[]) => MailContent;
}

/**
 * Makes proofs and puts the mail with them into the outbox, both or neither: where the mail would be one too many, the
 * proofs sent before stay good, and nobody gets more codes to guess at than mails. Call it in a transaction.
 */
export async function mailProof(
  ctx: Context,
  { kind, proofs, to, audience, content }: MailedProof,
): Promise<
  { readonly kind: "queued"; readonly issued: readonly IssuedProof[] } | { readonly kind: "capped" | "off" }
> {
  try {
    // Within another transaction this is a savepoint.
    return await inTransaction(ctx, async (tx) => {
      const issued: IssuedProof[] = [];
      for (const proof of proofs) issued.push(await issueProof(tx, proof));
      const usefulUntil = new Date(Math.min(...issued.map(({ expiresAt }) => expiresAt.getTime())));
      const answer = await queueMail(tx, {
        to,
        kind,
        content: content(issued),
        usefulUntil,
        ...(audience && { audience }),
      });
      if (answer !== "queued") throw new NotQueued(answer);
      return { kind: "queued" as const, issued };
    });
  } catch (error) {
    if (error instanceof NotQueued) return { kind: error.answer };
    throw error;
  }
}
