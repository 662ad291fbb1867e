import "server-only";
import { and, eq, isNotNull, or, sql } from "drizzle-orm";
import { renewHash } from "./renew-hash";
import type { SignInInput } from "./schemas";
import { admitSignIn, countFailedSignIn, forgiveSignIn } from "./sign-in-limits";
import { credentials, users } from "@/db/schema";
import { recordEvent } from "@/lib/domain/audit/record-event";
import type { Context } from "@/lib/domain/context";
import { HashingOverloadedError, inHashingQueue, verifyPassword } from "@/lib/platform/hashing/password-hash";
import { failure, success, type Result } from "@/lib/shared/result";

export type SignInRefusal =
  | { readonly code: "invalid_credentials" | "overloaded" }
  | { readonly code: "rate_limited"; readonly retryAfterSeconds: number };

/** A password that was right. */
export interface CheckedPassword {
  readonly userId: string;
  /** What it was held against, so that whoever relies on it can see that it has not been changed since. */
  readonly passwordHash: string;
}

/**
 * The person with this user name or proved e-mail address and password. Unknown people, people without a password,
 * locked names and wrong passwords get one answer after the same work. Whether the person may sign in is for the
 * transaction that opens the session.
 */
export async function checkPassword(
  ctx: Context,
  input: SignInInput,
): Promise<Result<CheckedPassword, SignInRefusal>> {
  try {
    return await inHashingQueue(() => compare(ctx, input));
  } catch (error) {
    if (error instanceof HashingOverloadedError) return failure({ code: "overloaded" });
    throw error;
  }
}

async function compare(
  ctx: Context,
  { identifier, password }: SignInInput,
): Promise<Result<CheckedPassword, SignInRefusal>> {
  const wanted = identifier.normalize("NFC").toLowerCase();
  const admission = await admitSignIn(ctx, wanted);
  if (admission.kind === "refused")
    return failure({ code: "rate_limited", retryAfterSeconds: admission.retryAfterSeconds });
  const [person] = await ctx.db
    .select({ id: users.id, hash: credentials.passwordHash })
    .from(users)
    .leftJoin(credentials, eq(credentials.userId, users.id))
    .where(
      or(
        eq(sql`lower(${users.username})`, wanted),
        // Any account may claim an address; it names the one that proved it.
        and(eq(sql`lower(${users.email})`, wanted), isNotNull(users.emailVerified)),
      ),
    )
    .limit(1);
  const matches = await verifyPassword(password, person?.hash ?? null);
  if (matches && person?.hash != null && admission.kind === "admitted") {
    await forgiveSignIn(ctx, wanted);
    const { id: userId, hash } = person;
    return success({ userId, passwordHash: await renewHash(ctx, { userId, password, hash }) });
  }
  await countFailedSignIn(ctx);
  await recordEvent(ctx, {
    event: "authn_login_fail",
    subjectId: person?.id ?? null,
    details: { method: "password", ...(admission.kind === "locked" && { locked: true }) },
  });
  return failure({ code: "invalid_credentials" });
}
