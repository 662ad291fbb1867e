import "server-only";
import { eq, inArray, isNotNull, lte, and, or, sql } from "drizzle-orm";
import type { Connection } from "@/db/client";
import { auditEvents, mailOutbox, oneTimeProofs, users } from "@/db/schema";
import { recordEvent } from "@/lib/domain/audit/record-event";
import type { Context } from "@/lib/domain/context";

const atOnce = 100;

/**
 * Deletes the people whose days of grace are over, with all that is theirs. The audit log keeps what happened, under an id
 * that belongs to nobody any more and without addresses.
 * @returns how many.
 */
export async function purgeAccounts(ctx: Context): Promise<number> {
  let purged = 0;
  for (;;) {
    const some = await ctx.db.transaction((db) => purgeSome({ ...ctx, db }));
    purged += some;
    if (some < atOnce) return purged;
  }
}

async function purgeSome(tx: Context): Promise<number> {
  const due = await tx.db
    .select({ id: users.id, email: users.email })
    .from(users)
    .where(and(isNotNull(users.deletionDueAt), lte(users.deletionDueAt, sql`now()`)))
    .limit(atOnce)
    .for("update", { skipLocked: true });
  if (due.length === 0) return 0;
  for (const { id, email } of due) {
    await tx.db.delete(users).where(eq(users.id, id));
    if (email !== null) await forgetAddress(tx.db, email.toLowerCase());
    await recordEvent(tx, { event: "user_deleted", subjectId: id });
  }
  const ids = due.map(({ id }) => id);
  await tx.db
    .update(auditEvents)
    .set({ address: null })
    .where(or(inArray(auditEvents.subjectId, ids), inArray(auditEvents.actorId, ids)));
  return due.length;
}

/** What knows the person by their address alone, unless somebody else gave the same one. */
async function forgetAddress(db: Connection, address: string): Promise<void> {
  const others = await db
    .select({ id: users.id })
    .from(users)
    .where(eq(sql`lower(${users.email})`, address));
  if (others.length > 0) return;
  await db.delete(mailOutbox).where(eq(sql`lower(${mailOutbox.recipient})`, address));
  await db.delete(oneTimeProofs).where(eq(sql`lower(${oneTimeProofs.email})`, address));
}
