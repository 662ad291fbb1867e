import "server-only";
import { eq, inArray, isNotNull, isNull, lte, and, or, sql } from "drizzle-orm";
import { unprovedDays } from "./deletion-policy";
import type { Connection } from "@/db/client";
import {
  accounts,
  auditChain,
  auditEvents,
  mailOutbox,
  oneTimeProofs,
  sessions,
  userRoles,
  users,
} from "@/db/schema";
import { recordEvent } from "@/lib/domain/audit/record-event";
import type { Context } from "@/lib/domain/context";

const atOnce = 100;

const graceIsOver = and(isNotNull(users.deletionDueAt), lte(users.deletionDueAt, sql`now()`));

/**
 * An account that claims an address and was used on the day of its sign-up at most: no identity, no role that somebody gave
 * it, no session of the last month, and a log that reaches back to the sign-up and knows of no later sign-in. A suspended
 * one stays, or its name could be taken anew.
 */
const neverCameBack = and(
  isNotNull(users.email),
  isNull(users.emailVerified),
  eq(users.status, "active"),
  lte(users.createdAt, sql`now() - make_interval(days => ${unprovedDays})`),
  sql`not exists (select 1 from ${accounts} a where a.user_id = ${users.id})`,
  sql`not exists (select 1 from ${sessions} s where s.user_id = ${users.id})`,
  sql`not exists (select 1 from ${userRoles} r where r.user_id = ${users.id} and (r.role <> 'user' or r.source <> 'granted'))`,
  sql`exists (select 1 from ${auditEvents} e where e.subject_id = ${users.id} and e.event = 'user_created')`,
  sql`not exists (select 1 from ${auditEvents} e where e.subject_id = ${users.id} and e.event = 'authn_login_success'
    and e.at > ${users.createdAt} + interval '1 day')`,
);

/**
 * Deletes the people whose days of grace are over, and accounts that claim an address and were left behind, with all that is
 * theirs. The audit log keeps what happened, under an id that belongs to nobody any more and without addresses.
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
    .select({ id: users.id, email: users.email, asked: isNotNull(users.deletionDueAt) })
    .from(users)
    .where(or(graceIsOver, neverCameBack))
    .limit(atOnce)
    .for("update", { skipLocked: true });
  if (due.length === 0) return 0;
  for (const { id, email, asked } of due) {
    await tx.db.delete(users).where(eq(users.id, id));
    if (email !== null) await forgetAddress(tx.db, email.toLowerCase());
    const details = { reason: asked ? "asked" : "address_never_proved" };
    await recordEvent(tx, { event: "user_deleted", subjectId: id, details });
  }
  const ids = due.map(({ id }) => id);
  const about = or(inArray(auditEvents.subjectId, ids), inArray(auditEvents.actorId, ids));
  // The chain holds a digest of the address, which tells nothing without its salt.
  const rows = tx.db.select({ id: auditEvents.id }).from(auditEvents).where(about);
  await tx.db.update(auditChain).set({ salt: null }).where(inArray(auditChain.eventId, rows));
  await tx.db.update(auditEvents).set({ address: null }).where(about);
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
