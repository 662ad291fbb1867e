import "server-only";
import { eq } from "drizzle-orm";
import { actOn, type ActionFault } from "./act-on";
import { suspensionOf } from "./suspend-person";
import { users } from "@/db/schema";
import { notifyPerson } from "@/lib/domain/account/notify-person";
import { recordEvent } from "@/lib/domain/audit/record-event";
import type { PersonContext } from "@/lib/domain/context";
import { notSuspended } from "@/lib/domain/identity/admit-person";
import { success, type Result } from "@/lib/shared/result";

/** Lets a suspended person sign in again. @returns false when they were not suspended. */
export function restorePerson(
  ctx: PersonContext,
  { userId }: { userId: string },
): Promise<Result<boolean, ActionFault>> {
  return actOn(ctx, { permission: "suspend:users", userId }, async (tx, person) => {
    if (person.status !== "suspended") return success(false);
    await tx.db
      .update(users)
      .set({ ...notSuspended, updatedAt: tx.now() })
      .where(eq(users.id, userId));
    await notifyPerson(tx, userId, {
      kind: "restored",
      subject: "Your account is open again",
      paragraphs: ["You can log in again, the way you did before."],
    });
    await recordEvent(tx, {
      event: "user_updated",
      subjectId: userId,
      details: { change: "restored", before: suspensionOf(person), after: { status: "active" } },
    });
    return success(true);
  });
}
