import "server-only";
import { and, eq } from "drizzle-orm";
import { users } from "@/db/schema";
import { recordEvent } from "@/lib/domain/audit/record-event";
import type { Context } from "@/lib/domain/context";

/** Nobody is suspended any more: for `set` of an update. */
export const notSuspended = {
  status: "active",
  suspendedAt: null,
  suspendedUntil: null,
  suspensionReason: null,
} as const;

/**
 * Whether a person may sign in: false for somebody suspended. A suspension whose end has come is over. Call it in the
 * transaction that opens the session: it holds the row, so that a suspension comes before it or ends the session.
 */
export async function admitPerson(tx: Context, userId: string): Promise<boolean> {
  const [person] = await tx.db
    .select({ status: users.status, until: users.suspendedUntil })
    .from(users)
    .where(eq(users.id, userId))
    .for("no key update");
  if (person?.status !== "suspended") return person !== undefined;
  if (person.until === null || person.until > tx.now()) return false;
  await tx.db
    .update(users)
    .set({ ...notSuspended, updatedAt: tx.now() })
    .where(and(eq(users.id, userId), eq(users.status, "suspended")));
  await recordEvent(tx, {
    event: "user_updated",
    subjectId: userId,
    details: { change: "suspension_ended" },
  });
  return true;
}

/** Writes down that a suspended person proved who they are, and did not get in. */
export function refuseSuspended(tx: Context, userId: string, method: "password" | "email"): Promise<void> {
  const details = { method, reason: "account_suspended" };
  return recordEvent(tx, { event: "authn_login_fail", subjectId: userId, details });
}
