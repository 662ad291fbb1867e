import "server-only";
import { paths } from "@/lib/routes";
import { log } from "@/lib/platform/log";
import type { OutcomeCode } from "@/lib/shared/outcomes";

/**
 * Writes the line in the log that the reference finds. `from` is the path that the person was on the way to.
 * @returns the address of the outcome page, with both.
 */
export function logOutcome(code: OutcomeCode, reference: string, from: string | null = null): string {
  log.info({ event: "outcome", requestId: reference, outcome: code }, "ended at an outcome page");
  const query = new URLSearchParams({ code, reference, ...(from !== null && { from }) });
  return `${paths.outcome}?${query}`;
}
