import "server-only";
import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { sweepSessions, sweepTokenIds } from "./sweep-sessions";
import type { Database } from "@/db/client";
import { purgeAccounts } from "@/lib/domain/account/purge-accounts";
import { pruneEvents } from "@/lib/domain/audit/prune-events";
import { sweepBulkJobs } from "@/lib/domain/bulk/work-bulk-jobs";
import type { Context } from "@/lib/domain/context";
import { sweepFigures } from "@/lib/domain/figures/sweep-figures";
import { sweepProofs } from "@/lib/domain/verification/use-proof";

export interface CleanedUp {
  readonly accounts: number;
  readonly sessions: number;
  readonly auditRows: number;
}

/**
 * Deletes what nobody needs any more: accounts whose days of grace are over or that were left unproved, sessions that ended long ago, proofs and
 * token ids that have expired. One instance at a time; null when another one is at it.
 */
export function cleanUp(database: Database): Promise<CleanedUp | null> {
  return database.transaction(async (db) => {
    const [lock] = await db.execute<{ had: boolean }>(
      sql`select pg_try_advisory_xact_lock(hashtextextended('gatehouse housekeeping', 0)) as had`,
    );
    if (lock?.had !== true) return null;
    // Each step commits by itself; this transaction holds the lock and nothing else.
    const ctx: Context = {
      actor: { kind: "system", name: "housekeeping" },
      requestId: randomUUID(),
      address: null,
      userAgent: null,
      now: () => new Date(),
      db: database,
    };
    const accounts = await purgeAccounts(ctx);
    const sessions = await sweepSessions(database);
    await sweepTokenIds(database);
    await sweepProofs(database);
    await sweepFigures(database);
    await sweepBulkJobs(database);
    const auditRows = await pruneEvents(ctx);
    return { accounts, sessions, auditRows };
  });
}
