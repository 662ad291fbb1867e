import "server-only";
import { and, asc, eq, isNull, lt, lte, or, sql } from "drizzle-orm";
import { changePerson, type Changed, type Job } from "./change-person";
import { endJob } from "./end-job";
import { batchSize, keepFinishedDays, leaseSeconds } from "./job-policy";
import type { Database } from "@/db/client";
import { bulkJobPeople, bulkJobs } from "@/db/schema";
import { PermissionDenied, requirePermission } from "@/lib/domain/access/require-permission";
import { inTransaction, type PersonContext } from "@/lib/domain/context";
import { findSessionById } from "@/lib/domain/sessions/find-session";
import { revokeGrant } from "@/lib/domain/tokens/revoke-grant";
import { isDatabaseUnavailable } from "@/lib/platform/database-errors";
import { describeCause, log } from "@/lib/platform/log";
import { bulkPermissions, type BulkOutcome, type BulkStop } from "@/lib/shared/bulk";

interface Options {
  /** Asked before each batch; false leaves the rest to others. */
  readonly goesOn?: () => boolean;
}

const openJob = isNull(bulkJobs.finishedAt);

/**
 * Works off the changes to many people that were ordered. Any number of processes may do it at once: a job has one of them
 * for {@link leaseSeconds} after its last batch, and each person one turn, whatever becomes of the processes.
 */
export async function workBulkJobs(database: Database, { goesOn = () => true }: Options = {}): Promise<void> {
  while (goesOn()) {
    const job = await claim(database);
    if (job === null) return;
    await workOff(database, job, goesOn);
  }
}

/** Deletes jobs that were over long ago, with their results. */
export async function sweepBulkJobs(database: Database): Promise<void> {
  const long = sql`now() - make_interval(days => ${keepFinishedDays})`;
  await database.delete(bulkJobs).where(lt(bulkJobs.finishedAt, long));
}

const leased = sql`now() + make_interval(secs => ${leaseSeconds})`;

async function claim(database: Database): Promise<Job | null> {
  const next = database
    .select({ id: bulkJobs.id })
    .from(bulkJobs)
    .where(and(openJob, or(isNull(bulkJobs.leaseUntil), lte(bulkJobs.leaseUntil, sql`now()`))))
    .orderBy(asc(bulkJobs.createdAt))
    .limit(1)
    .for("update", { skipLocked: true });
  const [job] = await database
    .update(bulkJobs)
    .set({ leaseUntil: leased })
    .where(eq(bulkJobs.id, next))
    .returning();
  return job ?? null;
}

async function workOff(database: Database, job: Job, goesOn: () => boolean): Promise<void> {
  const mine = and(eq(bulkJobs.id, job.id), openJob);
  while (goesOn()) {
    const renewed = await database
      .update(bulkJobs)
      .set({ leaseUntil: leased })
      .where(mine)
      .returning({ id: bulkJobs.id });
    if (renewed.length === 0) return;
    const end = await workOffSome(database, job);
    if (end !== "more") {
      await endJob(database, job.id, end);
      return;
    }
  }
  await database.update(bulkJobs).set({ leaseUntil: null }).where(mine);
}

/** A batch. @returns why the job is over, null when everybody had their turn. */
async function workOffSome(database: Database, job: Job): Promise<BulkStop | "more" | null> {
  const people = await database
    .select({ userId: bulkJobPeople.userId })
    .from(bulkJobPeople)
    .where(and(eq(bulkJobPeople.jobId, job.id), isNull(bulkJobPeople.outcome)))
    .orderBy(asc(bulkJobPeople.userId))
    .limit(batchSize);
  if (people.length === 0) return null;
  const ctx = await actorOf(database, job);
  if (ctx === null) return "session_ended";
  try {
    requirePermission(ctx, bulkPermissions[job.kind]);
    for (const { userId } of people) if (await hasTurn(ctx, job, userId)) return "session_ended";
  } catch (error) {
    if (error instanceof PermissionDenied) return "permission_lost";
    throw error;
  }
  return "more";
}

/**
 * Whoever ordered the job, as they are now, from where they ordered it; null when the session is over. The recent proof was
 * given with the order, and counts for all of it.
 */
async function actorOf(db: Database, { sessionId, requestId, address }: Job): Promise<PersonContext | null> {
  const found = await findSessionById(sessionId);
  if (found === null) return null;
  const viewer = { ...found.viewer, confirmedAt: new Date() };
  return {
    actor: { kind: "person", viewer },
    ...{ requestId, address, db },
    userAgent: null,
    now: () => new Date(),
  };
}

/** Thrown to undo the turn of somebody when the session has ended meanwhile. */
class SessionEnded extends Error {}

/** The change and the note of it, in one transaction. @returns whether the session has ended. */
async function hasTurn(ctx: PersonContext, job: Job, userId: string): Promise<boolean> {
  try {
    const changed = await inTransaction(ctx, async (tx) => {
      if (!(await isWaiting(tx, job, userId))) return null;
      const done = await changePerson(tx, job, userId);
      if (!done.ok && done.error === "session_ended") throw new SessionEnded();
      await note(tx, job, userId, done.ok ? done.value.outcome : (done.error as BulkOutcome));
      return done.ok ? done.value : null;
    });
    await revoke(changed);
  } catch (error) {
    if (error instanceof SessionEnded) return true;
    if (error instanceof PermissionDenied || isDatabaseUnavailable(error)) throw error;
    log.error(
      { event: "bulk_change_failed", requestId: ctx.requestId, job: job.id, cause: describeCause(error) },
      "one of many people was not changed",
    );
    await note(ctx, job, userId, "failed");
  }
  return false;
}

/** Holds the person's turn. Somebody else's turn with them, or a job that was stopped, is none. */
async function isWaiting({ db }: PersonContext, { id }: Job, userId: string): Promise<boolean> {
  // Whoever stops the job waits for this turn, and so counts it.
  const open = await db
    .select({ id: bulkJobs.id })
    .from(bulkJobs)
    .where(and(eq(bulkJobs.id, id), openJob))
    .for("share");
  if (open.length === 0) return false;
  const held = await db
    .select({ userId: bulkJobPeople.userId })
    .from(bulkJobPeople)
    .where(and(eq(bulkJobPeople.jobId, id), eq(bulkJobPeople.userId, userId), isNull(bulkJobPeople.outcome)))
    .for("update", { skipLocked: true });
  return held.length > 0;
}

async function note(ctx: PersonContext, { id }: Job, userId: string, outcome: BulkOutcome): Promise<void> {
  await ctx.db
    .update(bulkJobPeople)
    .set({ outcome, at: ctx.now() })
    .where(and(eq(bulkJobPeople.jobId, id), eq(bulkJobPeople.userId, userId), isNull(bulkJobPeople.outcome)));
}

async function revoke(changed: Changed | null): Promise<void> {
  await Promise.all((changed?.released ?? []).map(revokeGrant));
}
