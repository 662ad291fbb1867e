import "server-only";
import { and, eq, isNotNull, sql } from "drizzle-orm";
import { grantRole } from "./grant-role";
import { users } from "@/db/schema";
import type { Context } from "@/lib/domain/context";
import { failure, type Result } from "@/lib/shared/result";

/**
 * Makes the person who has proved this address an administrator. An address that is merely claimed finds nobody.
 * @returns false when they are one already
 */
export async function grantAdministrator(
  ctx: Context,
  { email }: { email: string },
): Promise<Result<boolean, "nobody_proved_it">> {
  const [person] = await ctx.db
    .select({ id: users.id })
    .from(users)
    .where(and(eq(sql`lower(${users.email})`, email.trim().toLowerCase()), isNotNull(users.emailVerified)));
  if (person === undefined) return failure("nobody_proved_it");
  const granted = await grantRole(ctx, { userId: person.id, role: "admin" });
  return granted.ok ? granted : failure("nobody_proved_it");
}
