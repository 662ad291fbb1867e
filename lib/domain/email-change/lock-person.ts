import "server-only";
import { eq } from "drizzle-orm";
import { users } from "@/db/schema";
import type { Context } from "@/lib/domain/context";

export interface LockedPerson {
  readonly username: string | null;
  readonly email: string | null;
  readonly proved: boolean;
}

/**
 * The person, whom nobody else changes until the end of the transaction; null when there is no active one. Every verb that
 * moves an address begins with it, before it takes a proof: the other way round two of them could wait for each other.
 */
export async function lockPerson({ db }: Context, userId: string): Promise<LockedPerson | null> {
  const [person] = await db
    .select({
      username: users.username,
      email: users.email,
      verified: users.emailVerified,
      status: users.status,
    })
    .from(users)
    .where(eq(users.id, userId))
    .for("update");
  if (person?.status !== "active") return null;
  return { username: person.username, email: person.email, proved: person.verified !== null };
}
