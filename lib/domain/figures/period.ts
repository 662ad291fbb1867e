import "server-only";
import type { OverviewRange } from "@/lib/shared/overview";

const hourMilliseconds = 3_600_000;

const shapes = {
  day: { stepMilliseconds: hourMilliseconds, count: 24 },
  week: { stepMilliseconds: 24 * hourMilliseconds, count: 7 },
  month: { stepMilliseconds: 24 * hourMilliseconds, count: 30 },
} as const satisfies Record<OverviewRange, unknown>;

/** The time that is shown, in steps of whole hours or days (UTC), the last of them under way; and as long a time before it. */
export interface Period {
  readonly steps: readonly Date[];
  readonly stepMilliseconds: number;
  readonly from: Date;
  readonly previousFrom: Date;
  /** The time before ends where this one does now, to the hour: half a day is not held against a whole one. */
  readonly previousUntil: Date;
}

export function periodOf(range: OverviewRange, now: Date): Period {
  const { stepMilliseconds, count } = shapes[range];
  const whole = count * stepMilliseconds;
  // Midnight in UTC is a multiple of a day since 1970.
  const last = Math.floor(now.getTime() / stepMilliseconds) * stepMilliseconds;
  const from = last + stepMilliseconds - whole;
  const hourEnds = (Math.floor(now.getTime() / hourMilliseconds) + 1) * hourMilliseconds;
  return {
    steps: Array.from({ length: count }, (_, at) => new Date(from + at * stepMilliseconds)),
    stepMilliseconds,
    from: new Date(from),
    previousFrom: new Date(from - whole),
    previousUntil: new Date(hourEnds - whole),
  };
}
