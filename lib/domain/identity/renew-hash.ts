import "server-only";
import { and, eq } from "drizzle-orm";
import { credentials } from "@/db/schema";
import type { Context } from "@/lib/domain/context";
import {
  HashingOverloadedError,
  hashPassword,
  isOutdatedHash,
  verifyPassword,
} from "@/lib/platform/hashing/password-hash";

interface RightPassword {
  readonly userId: string;
  readonly password: string;
  /** What the password was held against. */
  readonly hash: string;
}

/**
 * Hashes a password that was right anew, when its hash was made with less than today's parameters. It keeps nobody waiting
 * in a queue that is full, and takes nothing back that somebody else has changed in the meantime.
 * @returns the hash that stands for the password now.
 */
export async function renewHash({ db }: Context, { userId, password, hash }: RightPassword): Promise<string> {
  if (!isOutdatedHash(hash)) return hash;
  try {
    const renewed = await hashPassword(password);
    const kept = await db
      .update(credentials)
      .set({ passwordHash: renewed })
      .where(and(eq(credentials.userId, userId), eq(credentials.passwordHash, hash)))
      .returning({ userId: credentials.userId });
    if (kept.length === 1) return renewed;
    // A sign-in beside this one was first; or the password was changed, and the one given is none any more.
    const [now] = await db.select().from(credentials).where(eq(credentials.userId, userId));
    return now !== undefined && (await verifyPassword(password, now.passwordHash)) ? now.passwordHash : hash;
  } catch (error) {
    if (error instanceof HashingOverloadedError) return hash;
    throw error;
  }
}
