import "server-only";
import { repeat, type Repeated } from "./repeat";
import { isStopping } from "./stopping";
import { database } from "@/db/client";
import { saveCalls } from "@/lib/domain/figures/count-call";
import { keepFigures } from "@/lib/domain/figures/keep-figures";
import { describeCause, log } from "@/lib/platform/log";

/** Keeps up the figures of the overview, every few seconds. Call it once, at start. */
export function startFigures(): Repeated {
  return repeat(keep, { firstMilliseconds: 6_000, pauseMilliseconds: 15_000 });
}

/** Writes down what this process has counted, before it ends. */
export function saveLastCalls(): Promise<void> {
  return saveCalls(database());
}

async function keep(): Promise<void> {
  try {
    await keepFigures(database(), () => !isStopping());
  } catch (error) {
    log.error({ event: "figures_failed", cause: describeCause(error) }, "the figures wait for the next time");
  }
}
