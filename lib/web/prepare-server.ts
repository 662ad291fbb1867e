import { collectGarbageSeldom } from "./collect-garbage-seldom";
import { refuseOutside } from "./outside-base";
import { applyPageStatuses } from "./page-status";
import { notePeerAddresses } from "./peer-address";
import { environment, EnvironmentError } from "@/lib/env";

/** Checks the configuration, names all of its faults at once and ends the process if there are any. */
export function prepareServer(): void {
  try {
    environment();
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    process.stderr.write(`\n${error.message}\n\n`);
    process.exit(1);
  }
  collectGarbageSeldom();
  refuseOutside();
  applyPageStatuses();
  notePeerAddresses();
}
