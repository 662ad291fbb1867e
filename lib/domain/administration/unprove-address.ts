import "server-only";
import { eq } from "drizzle-orm";
import { actOn, type ActionFault } from "./act-on";
import { users } from "@/db/schema";
import { keepsAdministrator } from "@/lib/domain/access/last-administrator";
import { recordEvent } from "@/lib/domain/audit/record-event";
import type { PersonContext } from "@/lib/domain/context";
import { sendConfirmation } from "@/lib/domain/identity/send-confirmation";
import { failure, success, type Result } from "@/lib/shared/result";

/** Has a person prove their e-mail address anew: it counts as claimed until they follow the link that is sent to it. */
export function unproveAddress(
  ctx: PersonContext,
  { userId }: { userId: string },
): Promise<Result<void, ActionFault | "no_address" | "last_administrator">> {
  return actOn(ctx, { permission: "update:users", userId }, async (tx, person) => {
    const { email, username, emailVerified } = person;
    if (email === null) return failure("no_address");
    if (!(await keepsAdministrator(tx, { userIds: [userId] }))) return failure("last_administrator");
    await tx.db.update(users).set({ emailVerified: null, updatedAt: tx.now() }).where(eq(users.id, userId));
    await sendConfirmation(tx, { userId, username: username ?? email, email });
    await recordEvent(tx, {
      event: "user_updated",
      subjectId: userId,
      details: { change: "verification_forced", before: { emailVerified }, after: { emailVerified: null } },
    });
    return success(undefined);
  });
}
