import "server-only";
import { and, eq, isNotNull } from "drizzle-orm";
import { notifyPerson } from "./notify-person";
import { users } from "@/db/schema";
import { recordEvent } from "@/lib/domain/audit/record-event";
import type { Context } from "@/lib/domain/context";

/** Takes back a wish to be deleted, because the person has signed in again. Call it in the transaction of the sign-in. */
export async function keepAccount(tx: Context, userId: string): Promise<void> {
  const kept = await tx.db
    .update(users)
    .set({ deletionDueAt: null })
    .where(and(eq(users.id, userId), isNotNull(users.deletionDueAt)))
    .returning({ id: users.id });
  if (kept.length === 0) return;
  await notifyPerson(tx, userId, {
    kind: "deletion_undone",
    subject: "Your account is kept",
    paragraphs: ["You logged in again, so your account will not be deleted. Nothing was lost."],
  });
  await recordEvent(tx, { event: "user_updated", subjectId: userId, details: { change: "deletion_undone" } });
}
