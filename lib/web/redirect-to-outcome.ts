import "server-only";
import { logOutcome } from "./log-outcome";
import { redirect } from "./redirect";
import type { OutcomeCode } from "@/lib/shared/outcomes";

/** Ends a server action at the outcome page, with a line in the log that the reference finds. */
export function redirectToOutcome(code: OutcomeCode, requestId: string): never {
  redirect(logOutcome(code, requestId));
}
