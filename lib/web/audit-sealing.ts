import "server-only";
import { repeat, type Repeated } from "./repeat";
import { isStopping } from "./stopping";
import { database } from "@/db/client";
import { sealEvents } from "@/lib/domain/audit/seal-events";
import { noteRun } from "@/lib/domain/housekeeping/task-runs";
import { describeCause, log } from "@/lib/platform/log";

/** Links new rows of the audit log to its chain every few seconds; one instance at a time. Call it once, at start. */
export function startAuditSealing(): Repeated {
  return repeat(seal, { firstMilliseconds: 5_000, pauseMilliseconds: 15_000 });
}

async function seal(): Promise<void> {
  try {
    const sealed = await sealEvents(database(), () => !isStopping());
    if (sealed !== null) await noteRun(database(), "seal-audit");
  } catch (error) {
    log.error(
      { event: "audit_sealing_failed", cause: describeCause(error) },
      "the audit log waits to be sealed",
    );
  }
}
