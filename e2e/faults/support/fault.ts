import type { LoadReport } from "./load";
import type { Setting, SettingOptions } from "./setting";

/** One thing that breaks, and what must come of it. */
export type Fault = {
  readonly name: string;
  /** What must be true, for people. */
  readonly expects: string;
} & (
  | { run(setting: Setting): Promise<Outcome> }
  /** Opens a setting of its own. */
  | { runAlone(options: SettingOptions): Promise<Outcome> }
);

export interface Outcome {
  readonly load: LoadReport;
  /** What was expected and did not happen. */
  readonly unmet: readonly string[];
  /** What else was seen. */
  readonly seen?: string;
}

interface Allowed {
  /** What may go wrong while something is broken. */
  readonly failures?: readonly RegExp[];
  /** Seconds after the mending in which it may still go wrong. */
  readonly backWithin?: number;
  /** At most so many failures altogether. */
  readonly most?: number;
}

/** Compares what the load saw with what may be: by default nothing fails. Nobody is ever signed out. */
export function judge(
  { failures, early, lost, backAfter }: LoadReport,
  { failures: allowed = [], backWithin = 0, most = Infinity }: Allowed = {},
): string[] {
  const unmet: string[] = [];
  if (lost > 0)
    unmet.push(`${String(lost)} requests of people who were signed in were answered as a stranger's`);
  if (early.length > 0) unmet.push(`before anything was broken: ${early.join(", ")}`);
  for (const [failure, times] of failures)
    if (!allowed.some((pattern) => pattern.test(failure)))
      unmet.push(`${String(times)} × ${failure}, which must not happen`);
  const total = [...failures.values()].reduce((sum, times) => sum + times, 0);
  if (total > most) unmet.push(`${String(total)} requests failed; ${String(most)} may`);
  if (backAfter > backWithin && total > 0)
    unmet.push(
      `the last failure came ${backAfter.toFixed(1)} s after the mending; ${String(backWithin)} s may pass`,
    );
  return unmet;
}

/** The sentences whose condition does not hold. */
export function missing(conditions: Readonly<Record<string, boolean>>): string[] {
  return Object.entries(conditions).flatMap(([sentence, holds]) => (holds ? [] : [`not so: ${sentence}`]));
}
