import "server-only";
import { and, eq, gt, inArray, isNotNull, isNull, lt, lte, sql } from "drizzle-orm";
import { endedTogether, type PurposeOf, type ProofPurpose } from "./proof-policy";
import { oneTimeProofs } from "@/db/schema";
import type { Connection } from "@/db/client";
import type { Context } from "@/lib/domain/context";
import { environment } from "@/lib/env";
import { codeDigests } from "@/lib/platform/crypto/code";
import { tokenDigest } from "@/lib/platform/crypto/token";
import { failure, success, type Result } from "@/lib/shared/result";

/** What a proof says once it succeeded. */
export interface Proved {
  readonly id: string;
  readonly userId: string;
  readonly email: string;
  readonly issuedAt: Date;
}

/** Whose proof a link holds, without using it: for the page that asks before it goes on. Null when it is no good. */
export async function peekLink(
  ctx: Context,
  { purpose, token }: { purpose: PurposeOf<"link">; token: string },
): Promise<Proved | null> {
  const [row] = await ctx.db
    .select()
    .from(oneTimeProofs)
    .where(usable(ctx, purpose, token));
  return proved(row);
}

/** A person's open proof of a purpose, for those who may know that there is one. */
export async function findOpenProof(
  ctx: Context,
  { purpose, userId }: { purpose: ProofPurpose; userId: string },
): Promise<Proved | null> {
  const [row] = await ctx.db
    .select()
    .from(oneTimeProofs)
    .where(and(eq(oneTimeProofs.userId, userId), unspent(ctx, purpose)));
  return proved(row);
}

/** Uses up a link. It succeeds once, whoever else tries at the same time; a link for another purpose never does. */
export async function consumeLink(
  ctx: Context,
  { purpose, token }: { purpose: PurposeOf<"link">; token: string },
): Promise<Proved | null> {
  const [row] = await ctx.db
    .update(oneTimeProofs)
    .set({ consumedAt: ctx.now(), attempts: sql`${oneTimeProofs.attempts} + 1` })
    .where(usable(ctx, purpose, token))
    .returning();
  return proved(row);
}

/**
 * Tries a code against the proof with this id, in the browser that it is bound to. The statement that compares counts the
 * guess, so that any number of guesses at once come to no more than the policy allows. Call it outside of a transaction
 * that may be undone.
 * @returns `spent` when the proof takes no more guesses: used, expired, replaced, or of another browser.
 */
export async function guessCode(
  ctx: Context,
  {
    purpose,
    id,
    code,
    browserToken,
  }: { purpose: PurposeOf<"code">; id: string; code: string; browserToken: string },
): Promise<Result<Proved, "wrong" | "spent">> {
  const digests = codeDigests(id, code, environment().AUTH_SECRET);
  const matches = and(inArray(oneTimeProofs.secretDigest, digests), isNotNull(oneTimeProofs.userId));
  const [row] = await ctx.db
    .update(oneTimeProofs)
    .set({
      attempts: sql`${oneTimeProofs.attempts} + 1`,
      consumedAt: sql`case when ${matches} then ${ctx.now().toISOString()}::timestamptz end`,
    })
    .where(
      and(
        eq(oneTimeProofs.id, id),
        eq(oneTimeProofs.browserDigest, tokenDigest(browserToken)),
        unspent(ctx, purpose),
      ),
    )
    .returning();
  if (row === undefined) return failure("spent");
  const found = row.consumedAt === null ? null : proved(row);
  if (found !== null) return success(found);
  return failure(row.attempts < row.maxAttempts ? "wrong" : "spent");
}

/**
 * Takes a used proof out of the table, for the one thing that it was used for. Call it in the transaction of that: whatever
 * ends the person's proofs in the meantime makes it fail.
 */
export async function redeemProof(tx: Context, { id }: Pick<Proved, "id">): Promise<boolean> {
  const redeemed = await tx.db
    .delete(oneTimeProofs)
    .where(and(eq(oneTimeProofs.id, id), isNotNull(oneTimeProofs.consumedAt)))
    .returning({ id: oneTimeProofs.id });
  return redeemed.length === 1;
}

/** Ends a person's open proofs of some purposes, or of all that {@link endedTogether} names. */
export async function endProofs(
  tx: Context,
  { userId, purposes = endedTogether }: { userId: string; purposes?: readonly ProofPurpose[] },
): Promise<void> {
  await tx.db
    .delete(oneTimeProofs)
    .where(and(eq(oneTimeProofs.userId, userId), inArray(oneTimeProofs.purpose, [...purposes])));
}

/** Deletes proofs that have expired. */
export async function sweepProofs(db: Connection): Promise<void> {
  await db.delete(oneTimeProofs).where(lte(oneTimeProofs.expiresAt, sql`now()`));
}

function usable(ctx: Context, purpose: ProofPurpose, token: string) {
  return and(
    eq(oneTimeProofs.secretDigest, tokenDigest(token)),
    isNull(oneTimeProofs.browserDigest),
    unspent(ctx, purpose),
  );
}

function unspent(ctx: Context, purpose: ProofPurpose) {
  return and(
    eq(oneTimeProofs.purpose, purpose),
    isNull(oneTimeProofs.consumedAt),
    gt(oneTimeProofs.expiresAt, ctx.now()),
    lt(oneTimeProofs.attempts, oneTimeProofs.maxAttempts),
  );
}

function proved(row: typeof oneTimeProofs.$inferSelect | undefined): Proved | null {
  if (row === undefined || row.userId === null || row.email === null) return null;
  return { id: row.id, userId: row.userId, email: row.email, issuedAt: row.createdAt };
}
