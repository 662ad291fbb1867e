import "server-only";
import { and, eq, isNotNull, sql } from "drizzle-orm";
import type { Invitation } from "./schemas";
import { mailPasswordLink } from "./send-password-link";
import { userRoles, users } from "@/db/schema";
import { requirePermission } from "@/lib/domain/access/require-permission";
import { recordEvent } from "@/lib/domain/audit/record-event";
import { inTransaction, type PersonContext } from "@/lib/domain/context";
import { isRecentlyAuthenticated } from "@/lib/domain/sessions/recent-authentication";
import { isUniqueViolation } from "@/lib/platform/database-errors";
import { failure, success, type Result } from "@/lib/shared/result";

export type InviteFault =
  "authentication_not_recent" | "username_taken" | "email_taken" | "mail_capped" | "mail_off";

class Undone extends Error {
  readonly fault: "mail_capped" | "mail_off";

  constructor(fault: "mail_capped" | "mail_off") {
    super(`nobody was invited: ${fault}`);
    this.fault = fault;
  }
}

/**
 * Makes an account with the role `user` and sends its owner the link by which they choose a password and prove the address.
 * Without a mail there is no account.
 * @throws {PermissionDenied}
 */
export async function invitePerson(
  ctx: PersonContext,
  {
    email,
    username = null,
    name,
  }: Omit<Invitation, "username"> & { readonly username?: string | null | undefined },
): Promise<Result<{ readonly userId: string }, InviteFault>> {
  requirePermission(ctx, "create:users");
  if (!isRecentlyAuthenticated(ctx)) return failure("authentication_not_recent");
  try {
    return await inTransaction(ctx, async (tx) => {
      const [owner] = await tx.db
        .select({ id: users.id })
        .from(users)
        .where(and(eq(sql`lower(${users.email})`, email.toLowerCase()), isNotNull(users.emailVerified)));
      if (owner !== undefined) return failure("email_taken");
      const [user] = await tx.db
        .insert(users)
        .values({ username, email, name, ownName: name !== null, createdAt: tx.now() })
        .returning({ id: users.id, username: users.username });
      if (user === undefined) throw new Error("the user row was not returned");
      const userId = user.id;
      await tx.db.insert(userRoles).values({ userId, role: "user", grantedBy: tx.actor.viewer.userId });
      const sent = await mailPasswordLink(tx, { ...user, email }, "invitation");
      if (!sent.ok) throw new Undone(sent.error);
      await recordEvent(tx, {
        event: "user_created",
        subjectId: userId,
        details: { method: "invitation", after: { username, email, name } },
      });
      return success({ userId });
    });
  } catch (error) {
    if (error instanceof Undone) return failure(error.fault);
    if (isUniqueViolation(error, "users_username_lower_key")) return failure("username_taken");
    throw error;
  }
}
