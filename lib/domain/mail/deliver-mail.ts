import "server-only";
import { and, asc, eq, isNull, lte, or, isNotNull, sql } from "drizzle-orm";
import {
  deliveriesAtOnce,
  keepFinishedHours,
  leaseSeconds,
  maxAttempts,
  pauseSeconds,
} from "./delivery-policy";
import type { RenderedMail } from "./render-mail";
import { mailOutbox } from "@/db/schema";
import type { Connection } from "@/db/client";
import { addFigures, hourOf } from "@/lib/domain/figures/add-figures";
import { openSecret } from "@/lib/domain/tokens/vault";
import { log } from "@/lib/platform/log";
import { sendMail, type MailOutcome } from "@/lib/platform/mail/smtp";

type OutboxRow = typeof mailOutbox.$inferSelect;

const open = and(isNull(mailOutbox.deliveredAt), isNull(mailOutbox.gaveUpAt));

/**
 * Hands in every mail that is due. Any number of processes may do it at once: an attempt has its row to itself for
 * {@link leaseSeconds}. A process that dies before the server took the mail leaves it for the next; one that dies between
 * that and the note of it causes one copy, with the same Message-ID.
 * @param options.goesOn asked before each mail; false leaves the rest to others
 */
export async function deliverMail(
  db: Connection,
  { goesOn = () => true }: { goesOn?: () => boolean } = {},
): Promise<void> {
  await Promise.all(
    Array.from({ length: deliveriesAtOnce }, async () => {
      while (goesOn()) {
        const row = await claim(db);
        if (row === null) return;
        await attempt(db, row);
      }
    }),
  );
}

/** Deletes what is left of mails that were delivered or given up long ago. */
export async function sweepMail(db: Connection): Promise<void> {
  await db
    .delete(mailOutbox)
    .where(
      and(
        or(isNotNull(mailOutbox.deliveredAt), isNotNull(mailOutbox.gaveUpAt)),
        lte(mailOutbox.createdAt, sql`now() - make_interval(hours => ${keepFinishedHours})`),
      ),
    );
}

async function claim(db: Connection): Promise<OutboxRow | null> {
  const next = db
    .select({ id: mailOutbox.id })
    .from(mailOutbox)
    .where(and(open, lte(mailOutbox.nextAttemptAt, sql`now()`)))
    .orderBy(asc(mailOutbox.nextAttemptAt))
    .limit(1)
    .for("update", { skipLocked: true });
  const [row] = await db
    .update(mailOutbox)
    .set({
      attempts: sql`${mailOutbox.attempts} + 1`,
      nextAttemptAt: sql`now() + make_interval(secs => ${leaseSeconds})`,
    })
    .where(eq(mailOutbox.id, next))
    .returning();
  return row ?? null;
}

async function attempt(db: Connection, row: OutboxRow): Promise<void> {
  const outcome = await send(row);
  const entry = { event: "mail", mailId: row.id, kind: row.kind, attempts: row.attempts };
  if (outcome.kind === "sent") {
    await db
      .update(mailOutbox)
      .set({ deliveredAt: sql`now()`, contentSealed: null })
      .where(and(eq(mailOutbox.id, row.id), open));
    log.info({ ...entry, event: "mail_delivered" }, "a mail was delivered");
    return;
  }
  // An attempt whose lease ran out says nothing about the one that followed it.
  const mine = and(eq(mailOutbox.id, row.id), eq(mailOutbox.attempts, row.attempts), open);
  if (isLast(row, outcome)) {
    await db.transaction(async (tx) => {
      const given = await tx
        .update(mailOutbox)
        .set({ gaveUpAt: sql`now()`, gaveUpReason: outcome.reason, contentSealed: null })
        .where(mine)
        .returning({ id: mailOutbox.id });
      const figure = { hour: hourOf(new Date()), event: "mail_gave_up", method: row.kind, outcome: "" };
      await addFigures(
        tx,
        given.map(() => ({ ...figure, count: 1 })),
      );
    });
    log.error({ ...entry, event: "mail_gave_up", reason: outcome.reason }, "a mail was given up");
    return;
  }
  const pause = pauseSeconds(row.attempts);
  await db
    .update(mailOutbox)
    .set({
      maybeSent: row.maybeSent || outcome.kind === "unknown",
      nextAttemptAt: sql`now() + make_interval(secs => ${pause})`,
    })
    .where(mine);
  log.warn(
    { ...entry, event: "mail_deferred", reason: outcome.reason, pauseSeconds: pause },
    "a mail has to wait",
  );
}

async function send(row: OutboxRow): Promise<MailOutcome> {
  const { id, recipient: to, contentSealed, createdAt: date } = row;
  if (row.usefulUntil <= new Date()) return { kind: "refused", reason: "expired" };
  const content = contentSealed === null ? null : openSecret({ table: "mail_outbox", id }, contentSealed);
  if (content === null) return { kind: "refused", reason: "sealed_with_another_key" };
  return sendMail({ ...(JSON.parse(content) as RenderedMail), to, id, date });
}

/** A mail that may have arrived is sent once more and no more than that. */
function isLast(row: OutboxRow, outcome: Exclude<MailOutcome, { kind: "sent" }>): boolean {
  return (
    outcome.kind === "refused" || row.attempts >= maxAttempts || (outcome.kind === "unknown" && row.maybeSent)
  );
}
