import "server-only";
import { repeat, type Repeated } from "./repeat";
import { database } from "@/db/client";
import { cleanUp } from "@/lib/domain/housekeeping/clean-up";
import { noteRun } from "@/lib/domain/housekeeping/task-runs";
import { describeCause, log } from "@/lib/platform/log";

/** Deletes what nobody needs any more, every hour; one instance at a time. Call it once, at start. */
export function startHousekeeping(): Repeated {
  return repeat(keepHouse, { firstMilliseconds: 60_000, pauseMilliseconds: 60 * 60 * 1_000 });
}

async function keepHouse(): Promise<void> {
  try {
    const done = await cleanUp(database());
    if (done === null) return;
    await noteRun(database(), "clean-up");
    log.info({ event: "cleaned_up", ...done }, "deleted what nobody needs any more");
  } catch (error) {
    log.error(
      { event: "clean_up_failed", cause: describeCause(error) },
      "nothing was deleted; the next hour tries again",
    );
  }
}
