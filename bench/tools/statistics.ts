import type { Launches } from "./launches";

/** The middle value; NaN of nothing. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** The value below which `part` of the values lie, between neighbours in proportion; NaN of nothing. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const position = (sorted.length - 1) * part;
  const below = sorted[Math.floor(position)] ?? NaN;
  const above = sorted[Math.ceil(position)] ?? NaN;
  return below + (above - below) * (position - Math.floor(position));
}

/** The difference of the medians of two samples, with its 95 % interval by bootstrap. */
export function medianDifference(ours: readonly number[], baseline: readonly number[], draws = 2_000) {
  const drawn = Array.from({ length: draws }, () => medianDrawnAnew(ours) - medianDrawnAnew(baseline));
  return { difference: median(ours) - median(baseline), ...interval(drawn) };
}

/** The 95 % interval of the median of all rounds, by bootstrap of launches and of rounds within them. */
export function medianInterval(launches: Launches<number>, draws = 2_000) {
  return interval(Array.from({ length: draws }, () => median(launchesDrawnAnew(launches))));
}

/**
 * The 95 % interval of a quantile's ratio between two things that were measured in turns, by bootstrap of launches and of
 * whole rounds within them: what disturbs a moment disturbs many values at once, so single values would make the interval
 * too narrow.
 */
export function quantileRatioInterval(
  part: number,
  launches: Launches<{ readonly ours: readonly number[]; readonly baseline: readonly number[] }>,
  draws = 1_000,
): { low: number; high: number } {
  const drawn = Array.from({ length: draws }, () => {
    const rounds = launchesDrawnAnew(launches);
    const of = (side: "ours" | "baseline") =>
      quantile(
        rounds.flatMap((round) => round[side]),
        part,
      );
    return of("ours") / of("baseline");
  });
  return interval(drawn);
}

function launchesDrawnAnew<Round>(launches: Launches<Round>): Round[] {
  return drawnAnew(launches).flatMap(drawnAnew);
}

function drawnAnew<T>(values: readonly T[]): T[] {
  return values.map(() => values[Math.floor(Math.random() * values.length)] as T);
}

function medianDrawnAnew(values: readonly number[]): number {
  return median(drawnAnew(values));
}

function interval(drawn: readonly number[]): { low: number; high: number } {
  return { low: quantile(drawn, 0.025), high: quantile(drawn, 0.975) };
}
