import "server-only";
import { isStopping } from "./stopping";
import { checkReadiness, type Readiness } from "@/lib/domain/health/check-readiness";
import { log } from "@/lib/platform/log";
import { SingleFlight } from "@/lib/platform/single-flight";

/** However often it is asked, the database is asked once in this time. */
const freshMilliseconds = 1_000;
const flights = new SingleFlight<Readiness>();
let known: { readonly readiness: Readiness; readonly at: number } | undefined;

/** Whether to send requests here: not once the process was told to stop. Logs each change. */
export async function readiness(): Promise<Readiness> {
  if (isStopping()) return { status: "unavailable", failed: ["stopping"] };
  if (known !== undefined && Date.now() - known.at < freshMilliseconds) return known.readiness;
  return flights.run("readiness", async () => {
    const readiness = await checkReadiness();
    if (readiness.failed.join() !== (known?.readiness.failed.join() ?? ""))
      log.warn({ event: "readiness_changed", ...readiness }, "what this instance needs has changed");
    known = { readiness, at: Date.now() };
    return readiness;
  });
}
