import "server-only";
import { afterResponse } from "./after-response";
import { repeat, type Repeated } from "./repeat";
import { isStopping } from "./stopping";
import { database } from "@/db/client";
import { workBulkJobs } from "@/lib/domain/bulk/work-bulk-jobs";
import { noteRun } from "@/lib/domain/housekeeping/task-runs";
import { describeCause, log } from "@/lib/platform/log";

/** Shared by the bundles of the server through the process. */
const held = globalThis as { gatehouseBulk?: { running: Promise<void> | null } };
const state = (held.gatehouseBulk ??= { running: null });

/** Begins what a form has ordered once its answer is on its way. */
export function workBulkJobsAfterResponse(): void {
  afterResponse(work);
}

/** Looks every few seconds for changes to many people: new ones, and those that an instance left. Call it once, at start. */
export function startBulkWork(): Repeated {
  return repeat(work, { firstMilliseconds: 5_000, pauseMilliseconds: 5_000 });
}

/** One at a time in this process. */
function work(): Promise<void> {
  return (state.running ??= guarded().finally(() => (state.running = null)));
}

async function guarded(): Promise<void> {
  try {
    await workBulkJobs(database(), { goesOn: () => !isStopping() });
    await noteRun(database(), "bulk-changes");
  } catch (error) {
    log.error(
      { event: "bulk_work_failed", cause: describeCause(error) },
      "changes to many people wait for the next try",
    );
  }
}
