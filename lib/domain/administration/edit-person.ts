import "server-only";
import { eq } from "drizzle-orm";
import { actOn, type ActionFault } from "./act-on";
import type { PersonEdit } from "./schemas";
import { users } from "@/db/schema";
import { keepsAdministrator } from "@/lib/domain/access/last-administrator";
import { notifyPerson } from "@/lib/domain/account/notify-person";
import { recordEvent } from "@/lib/domain/audit/record-event";
import type { PersonContext } from "@/lib/domain/context";
import { sendConfirmation } from "@/lib/domain/identity/send-confirmation";
import { endProofs } from "@/lib/domain/verification/use-proof";
import { isUniqueViolation } from "@/lib/platform/database-errors";
import { failure, success, type Result } from "@/lib/shared/result";

export type EditFault = ActionFault | "username_taken" | "last_administrator";

/**
 * Changes what a person is called and reached by. Only what `edit` holds is changed. Another e-mail address has to be
 * proved by the person; the links to the one before end, and it gets word of the change (ASVS 6.3.7).
 */
export async function editPerson(
  ctx: PersonContext,
  { userId, edit }: { userId: string; edit: PersonEdit },
): Promise<Result<void, EditFault>> {
  try {
    return await actOn(ctx, { permission: "update:users", userId }, async (tx, person) => {
      const changes = changesOf(person, edit);
      if (Object.keys(changes).length === 0) return success(undefined);
      const before = Object.fromEntries(
        Object.keys(changes).map((name) => [name, person[name as keyof Changes]]),
      );
      const { email } = changes;
      if (email !== undefined) {
        if (!(await keepsAdministrator(tx, { userIds: [userId] }))) return failure("last_administrator");
        await notifyPerson(tx, userId, {
          kind: "address_changed",
          subject: "Your e-mail address was changed",
          paragraphs: [
            "An administrator has given your account another e-mail address. This one is not used any more.",
          ],
        });
        await endProofs(tx, { userId });
      }
      await tx.db
        .update(users)
        .set({
          ...changes,
          ...(email !== undefined && { emailVerified: null }),
          ...(changes.name !== undefined && { ownName: true }),
          updatedAt: tx.now(),
        })
        .where(eq(users.id, userId));
      if (typeof email === "string")
        await sendConfirmation(tx, {
          userId,
          username: changes.username ?? person.username ?? email,
          email,
        });
      await recordEvent(tx, {
        event: "user_updated",
        subjectId: userId,
        details: { change: "edited", before, after: changes },
      });
      return success(undefined);
    });
  } catch (error) {
    if (isUniqueViolation(error, "users_username_lower_key")) return failure("username_taken");
    throw error;
  }
}

type Changes = Partial<Record<"name" | "username" | "email", string | null>>;

function changesOf(person: typeof users.$inferSelect, edit: PersonEdit): Changes {
  const given = Object.entries(edit).filter(
    (entry): entry is [keyof Changes, string | null] => entry[1] !== undefined,
  );
  return Object.fromEntries(given.filter(([name, value]) => value !== person[name]));
}
