import "server-only";
import { saveCalls } from "./count-call";
import { countSessions } from "./count-sessions";
import { rollUpEvents } from "./roll-up-events";
import type { Database } from "@/db/client";

/** One turn of what keeps the figures up; the next goes on where it stopped. */
const turnMilliseconds = 10_000;

/** Writes down what this process has counted, counts new rows of the audit log, and live sessions if it is time. */
export async function keepFigures(database: Database, goesOn: () => boolean = () => true): Promise<void> {
  await saveCalls(database);
  const end = Date.now() + turnMilliseconds;
  await rollUpEvents(database, () => goesOn() && Date.now() < end);
  await countSessions(database);
}
