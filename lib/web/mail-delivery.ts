import "server-only";
import { afterResponse } from "./after-response";
import { repeat, type Repeated } from "./repeat";
import { isStopping } from "./stopping";
import { database } from "@/db/client";
import { noteRun } from "@/lib/domain/housekeeping/task-runs";
import { deliverMail, sweepMail } from "@/lib/domain/mail/deliver-mail";
import { sweepProofs } from "@/lib/domain/verification/use-proof";
import { sendsMail } from "@/lib/env";
import { describeCause, log } from "@/lib/platform/log";

const pollMilliseconds = 15_000;
const sweepMilliseconds = 60 * 60 * 1_000;

/** Shared by the bundles of the server through the process. */
const held = globalThis as { gatehouseMail?: { wanted: boolean; running: Promise<void> | null } };
const state = (held.gatehouseMail ??= { wanted: false, running: null });

/** Delivers what a form has put into the outbox once its answer is on its way. */
export function deliverMailAfterResponse(): void {
  if (sendsMail()) afterResponse(deliver);
}

/**
 * Looks for mail every 15 seconds: what could not be delivered before, and what an instance that died has left. Call it
 * once, at start.
 */
export function startMailDelivery(): readonly Repeated[] {
  if (!sendsMail()) return [];
  return [
    repeat(deliver, { firstMilliseconds: pollMilliseconds, pauseMilliseconds: pollMilliseconds }),
    repeat(() => guarded(sweep), {
      firstMilliseconds: sweepMilliseconds,
      pauseMilliseconds: sweepMilliseconds,
    }),
  ];
}

/** One delivery at a time in this process; a call during one makes it look once more. */
function deliver(): Promise<void> {
  state.wanted = true;
  return (state.running ??= guarded(async () => {
    while (state.wanted) {
      state.wanted = false;
      await deliverMail(database(), { goesOn: () => !isStopping() });
    }
    await noteRun(database(), "deliver-mail");
  }).finally(() => (state.running = null)));
}

async function guarded(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    log.error(
      { event: "mail_delivery_failed", cause: describeCause(error) },
      "the outbox could not be worked on",
    );
  }
}

async function sweep(): Promise<void> {
  await sweepMail(database());
  await sweepProofs(database());
}
