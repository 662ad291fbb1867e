import "server-only";
import { and, eq, isNotNull, ne, sql } from "drizzle-orm";
import { users } from "@/db/schema";
import type { Context } from "@/lib/domain/context";

/** True when another account than `userId` has proved this address. */
export async function belongsToAnother(
  { db }: Context,
  { email, userId }: { email: string; userId: string },
): Promise<boolean> {
  const [owner] = await db
    .select({ id: users.id })
    .from(users)
    .where(
      and(
        eq(sql`lower(${users.email})`, email.toLowerCase()),
        isNotNull(users.emailVerified),
        ne(users.id, userId),
      ),
    );
  return owner !== undefined;
}
