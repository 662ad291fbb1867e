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

/** Half of the distance between the quartiles over the median: how much the rounds of one figure differ. */
export function spread(values: readonly number[]): number {
  return (quantile(values, 0.75) - quantile(values, 0.25)) / 2 / median(values);
}

/**
 * The difference of the medians of two samples, with its 95 % interval by bootstrap: where it lies for samples drawn anew
 * from these.
 */
export function medianDifference(ours: readonly number[], baseline: readonly number[], draws = 2_000) {
  const again = (values: readonly number[]) =>
    median(values.map(() => values[Math.floor(Math.random() * values.length)] ?? NaN));
  const drawn = Array.from({ length: draws }, () => again(ours) - again(baseline));
  return {
    difference: median(ours) - median(baseline),
    low: quantile(drawn, 0.025),
    high: quantile(drawn, 0.975),
  };
}
