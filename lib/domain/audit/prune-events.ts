import "server-only";
import { and, asc, eq, lt, lte, sql } from "drizzle-orm";
import { sealCode } from "./chain";
import { recordEvent } from "./record-event";
import { auditChain, auditEvents, auditSeals } from "@/db/schema";
import { inTransaction, type Context } from "@/lib/domain/context";
import { environment } from "@/lib/env";

const dayMilliseconds = 24 * 60 * 60 * 1_000;

/**
 * Deletes the rows of the audit log that were sealed longer ago than AUDIT_RETENTION_DAYS, a sealed batch at a time. The
 * seal of the last batch stays as the anchor that the rest of the chain begins after.
 * @returns how many
 */
export async function pruneEvents(ctx: Context): Promise<number> {
  const { AUDIT_RETENTION_DAYS } = environment();
  if (AUDIT_RETENTION_DAYS === undefined) return 0;
  const before = new Date(ctx.now().getTime() - AUDIT_RETENTION_DAYS * dayMilliseconds);
  let pruned = 0;
  for (;;) {
    const some = await inTransaction(ctx, (tx) => pruneBatch(tx, before));
    if (some === 0) break;
    pruned += some;
  }
  if (pruned > 0)
    await recordEvent(ctx, { event: "audit_pruned", subjectId: null, details: { rows: pruned } });
  return pruned;
}

async function pruneBatch(tx: Context, before: Date): Promise<number> {
  // The sealer holds the same lock while it works.
  await tx.db.execute(sql`select pg_advisory_xact_lock(hashtextextended('gatehouse audit chain', 0))`);
  const [newest] = await tx.db.execute<{ position: string }>(
    sql`select max(position)::text as position from audit_seals`,
  );
  const [seal] = await tx.db
    .select()
    .from(auditSeals)
    .where(and(eq(auditSeals.anchor, false), lt(auditSeals.sealedAt, before)))
    .orderBy(asc(auditSeals.position))
    .limit(1);
  // The end stays, whatever its age: it is what the next batch follows.
  if (seal === undefined || String(seal.position) === newest?.position) return 0;
  const links = lte(auditChain.position, seal.position);
  const ids = tx.db.select({ id: auditChain.eventId }).from(auditChain).where(links);
  const gone = await tx.db
    .delete(auditEvents)
    .where(sql`${auditEvents.id} in ${ids}`)
    .returning({ id: auditEvents.id });
  await tx.db.delete(auditChain).where(links);
  await tx.db.delete(auditSeals).where(lt(auditSeals.position, seal.position));
  const anchor = { ...seal, anchor: true };
  await tx.db
    .update(auditSeals)
    .set({ anchor: true, ...sealCode(anchor) })
    .where(eq(auditSeals.id, seal.id));
  return gone.length;
}
