import "server-only";
import type { Route } from "next";
import { redirect } from "next/navigation";
import { outcomeUrl } from "./outcome-url";
import { log } from "@/lib/platform/log";
import type { OutcomeCode } from "@/lib/shared/outcomes";

/** Ends a server action at the outcome page, with a line in the log that the reference finds. */
export function redirectToOutcome(code: OutcomeCode, requestId: string): never {
  log.info({ event: "outcome", requestId, outcome: code }, "an action ended at an outcome page");
  redirect(outcomeUrl(code, { reference: requestId }) as Route);
}
