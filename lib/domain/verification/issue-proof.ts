import "server-only";
import { randomUUID } from "node:crypto";
import { proofPolicy, type ProofPurpose } from "./proof-policy";
import { oneTimeProofs } from "@/db/schema";
import type { Context } from "@/lib/domain/context";
import { environment } from "@/lib/env";
import { codeDigests, randomCode } from "@/lib/platform/crypto/code";
import { randomToken, tokenDigest } from "@/lib/platform/crypto/token";

export interface ProofRequest {
  readonly purpose: ProofPurpose;
  /** Whom the proof speaks for; null makes one that never succeeds, for an address that nobody has. */
  readonly userId: string | null;
  /** Where the secret is sent. */
  readonly email: string;
  /** The token of the one browser that may use it; any browser without. */
  readonly browserToken?: string;
}

export interface IssuedProof {
  readonly id: string;
  /** The code or the link's token. It goes into the mail and nowhere else. */
  readonly secret: string;
  readonly expiresAt: Date;
}

/**
 * Makes a proof of one purpose in the place of the person's former one, which ends. Call it in the transaction that puts
 * the mail into the outbox.
 */
export async function issueProof(
  tx: Context,
  { purpose, userId, email, browserToken }: ProofRequest,
): Promise<IssuedProof> {
  const { form, lifetimeSeconds, maxAttempts } = proofPolicy(purpose);
  const id = randomUUID();
  const secret = form === "code" ? randomCode() : randomToken();
  const [digest] =
    form === "code" ? codeDigests(id, secret, environment().AUTH_SECRET) : [tokenDigest(secret)];
  if (digest === undefined) throw new RangeError("no secret to make a digest with");
  const createdAt = tx.now();
  const expiresAt = new Date(createdAt.getTime() + lifetimeSeconds * 1000);
  const row = {
    id,
    userId,
    email,
    secretDigest: digest,
    browserDigest: browserToken === undefined ? null : tokenDigest(browserToken),
    attempts: 0,
    maxAttempts,
    createdAt,
    expiresAt,
    consumedAt: null,
  };
  await tx.db
    .insert(oneTimeProofs)
    .values({ ...row, purpose, holder: userId ?? email.toLowerCase() })
    .onConflictDoUpdate({ target: [oneTimeProofs.purpose, oneTimeProofs.holder], set: row });
  return { id, secret, expiresAt };
}
