import "server-only";
import type { Route } from "next";
import { redirect } from "next/navigation";
import { logOutcome } from "./log-outcome";
import type { OutcomeCode } from "@/lib/shared/outcomes";

/** Ends a server action at the outcome page, with a line in the log that the reference finds. */
export function redirectToOutcome(code: OutcomeCode, requestId: string): never {
  redirect(logOutcome(code, requestId) as Route);
}
