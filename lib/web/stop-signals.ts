import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import { workAfterResponses } from "./after-response";
import { closeServer, shedConnections } from "./http-server";
import type { Repeated } from "./repeat";
import { isStopping, noteStopping } from "./stopping";
import { closeDatabase } from "@/db/client";
import { closeLockDatabase } from "@/db/lock-client";
import { environment } from "@/lib/env";
import { withDeadline } from "@/lib/platform/deadline";
import { closeHashing } from "@/lib/platform/hashing/hashing-threads";
import { describeCause, log } from "@/lib/platform/log";

const requestsMilliseconds = 10_000;
const workMilliseconds = 3_000;
const telemetryMilliseconds = 2_000;
/** After the delay. Everything that was acknowledged is in the database already, so an end by force loses none of it. */
const limitMilliseconds = 19_500;

interface Parts {
  readonly loops: readonly Repeated[];
  /** What sends or writes the last of its own, once no request is left. */
  readonly ending: readonly (() => Promise<void>)[];
}

/**
 * Ends the process in good order at SIGTERM and SIGINT: readiness goes red; for SHUTDOWN_DELAY_SECONDS requests are
 * taken as before, until whoever stands in front has seen it; then no new ones. Requests under way, what follows their
 * answers and the loops get done, the pools close, and the process exits with 0. Call it once, at start.
 */
export function stopAtSignals(parts: Parts): void {
  process.on("SIGTERM", () => void stop("SIGTERM", environment().SHUTDOWN_DELAY_SECONDS * 1_000, parts));
  process.on("SIGINT", () => void stop("SIGINT", 0, parts));
}

async function stop(signal: string, delayMilliseconds: number, { loops, ending }: Parts): Promise<void> {
  if (isStopping()) return;
  noteStopping();
  log.info({ event: "sys_shutdown", signal }, "the process is about to stop");
  setTimeout(() => {
    log.error({ event: "sys_shutdown_forced" }, "something did not end in time");
    process.exit(1);
  }, delayMilliseconds + limitMilliseconds).unref();
  shedConnections();
  const loopsDone = Promise.all(loops.map((loop) => loop.stop()));
  await sleep(delayMilliseconds);
  await closeServer(requestsMilliseconds);
  await step(withDeadline(Promise.all([loopsDone, workAfterResponses()]), workMilliseconds));
  await step(withDeadline(Promise.all(ending.map((end) => end())), telemetryMilliseconds));
  await step(Promise.all([closeHashing(), closeDatabase(), closeLockDatabase()]));
  log.info({ event: "sys_shutdown_done" }, "the process stops");
  process.exit(0);
}

/** What fails now must not keep the rest from closing. */
async function step(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    log.error({ event: "sys_shutdown_step_failed", cause: describeCause(error) }, "a part did not close");
  }
}
