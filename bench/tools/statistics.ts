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

/** The 95 % interval in which the median lies for samples drawn anew from this one (bootstrap). */
export function medianInterval(values: readonly number[], draws = 2_000): { low: number; high: number } {
  return interval(Array.from({ length: draws }, () => medianDrawnAnew(values)));
}

/** The difference of the medians of two samples, with its 95 % interval by bootstrap. */
export function medianDifference(ours: readonly number[], baseline: readonly number[], draws = 2_000) {
  const drawn = Array.from({ length: draws }, () => medianDrawnAnew(ours) - medianDrawnAnew(baseline));
  return { difference: median(ours) - median(baseline), ...interval(drawn) };
}

/**
 * The 95 % interval of a quantile's ratio between two things that were measured in turns, by bootstrap of whole rounds:
 * what disturbs a moment disturbs many values at once, so single values would make the interval too narrow.
 */
export function quantileRatioInterval(
  part: number,
  ours: readonly (readonly number[])[],
  baseline: readonly (readonly number[])[],
  draws = 1_000,
): { low: number; high: number } {
  const drawn = Array.from({ length: draws }, () => {
    const rounds = ours.map(() => Math.floor(Math.random() * ours.length));
    const of = (all: typeof ours) =>
      quantile(
        rounds.flatMap((round) => all[round] ?? []),
        part,
      );
    return of(ours) / of(baseline);
  });
  return interval(drawn);
}

function medianDrawnAnew(values: readonly number[]): number {
  return median(values.map(() => values[Math.floor(Math.random() * values.length)] ?? NaN));
}

function interval(drawn: readonly number[]): { low: number; high: number } {
  return { low: quantile(drawn, 0.025), high: quantile(drawn, 0.975) };
}
