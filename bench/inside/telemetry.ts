import type { Answers, Order } from "./orders";
import { logOptions } from "@/lib/platform/log";
import { telemetry } from "@/lib/platform/telemetry/held";

type Step = (live: boolean) => number;

const idle: Step = (live) => (live ? 1 : 0);

/** As the look-up of a page's viewer has it. */
const check: Step = (live) => {
  telemetry()?.count("gatehouse.session_checks", { outcome: live ? "live" : "ended" });
  return idle(live);
};

const entry = { event: "session_created" };
const line: Step = (live) =>
  Object.keys(logOptions.mixin?.(entry, 30, undefined as never) ?? {}).length + idle(live);

/**
 * What is asked of a telemetry that nobody configured, against the same loop without the question: in milliseconds of
 * computing time, since waiting for a processor would drown it.
 */
export function timeTelemetry({
  rounds,
  calls,
}: Extract<Order, { kind: "telemetry" }>): Answers["telemetry"] {
  if (telemetry() !== null) throw new Error("Somebody listens.");
  const times: Answers["telemetry"] = { check: [], line: [], idle: [] };
  const steps = { check, line, idle };
  let sum = 0;
  for (let round = 0; round <= rounds; round += 1)
    for (const name of ["check", "line", "idle"] as const) {
      const step = steps[name];
      const start = process.cpuUsage();
      for (let call = 0; call < calls; call += 1) sum += step(call % 7 > 0);
      const { user, system } = process.cpuUsage(start);
      if (round > 0) times[name].push((user + system) / 1_000 / calls);
    }
  // The sum is used, so that no step can be left out.
  if (!Number.isInteger(sum)) throw new Error("The steps did not count.");
  return times;
}
