import { nice, sum, ticks } from "d3-array";
import { stack } from "d3-shape";

/** The height of a chart in pixels; its width is that of its place, so across everything is in per cent. */
export const plotHeight = 144;

/** A scale to 1 or 2 would make a tower of a single event. */
const leastTop = 4;
/** One failure among thousands is to be seen. */
const leastHeight = 2;
/** Of its step, how much a bar leaves free. */
const gapShare = 0.28;

export interface Segment {
  readonly series: number;
  readonly y: number;
  readonly height: number;
}

export interface Column {
  /** Where the step begins and how wide it is. */
  readonly left: number;
  readonly width: number;
  readonly barLeft: number;
  readonly barWidth: number;
  /** From below; without those that are nothing. */
  readonly segments: readonly Segment[];
}

export interface Plot {
  readonly columns: readonly Column[];
  readonly lines: readonly { readonly value: number; readonly y: number }[];
}

/** Bars that stand on each other, for values by series and step, on a scale from 0 to a round number. */
export function plotBars(series: readonly (readonly number[])[]): Plot {
  const steps = (series[0] ?? []).map((_, step) => series.map((values) => values[step] ?? 0));
  const most = Math.max(leastTop, ...steps.map((values) => values.reduce((sum, value) => sum + value, 0)));
  const [, top] = nice(0, most, 3);
  const yOf = (value: number) => plotHeight * (1 - value / top);
  const layers = stack<readonly number[], number>()
    .keys(series.keys())
    .value((heights, at) => heights[at] ?? 0)(steps.map((values) => heightsOf(values, top)));
  const width = 100 / steps.length;
  return {
    columns: steps.map((_, step) => ({
      left: step * width,
      width,
      barLeft: (step + gapShare / 2) * width,
      barWidth: width * (1 - gapShare),
      segments: layers.flatMap((layer, at) => {
        const [low = 0, high = 0] = layer[step] ?? [];
        return high > low ? [{ series: at, y: plotHeight - high, height: high - low }] : [];
      }),
    })),
    // Nobody signs in one and a half times.
    lines: ticks(0, top, 3)
      .filter((value) => Number.isInteger(value))
      .map((value) => ({ value, y: yOf(value) })),
  };
}

/** How high each part is drawn. What a small part is given to be seen, the largest gives: the whole keeps its height. */
function heightsOf(values: readonly number[], top: number): readonly number[] {
  const exact = values.map((value) => (plotHeight * value) / top);
  const seen = exact.map((height) => (height > 0 ? Math.max(leastHeight, height) : 0));
  const largest = Math.max(...seen);
  const given = sum(seen) - sum(exact);
  return seen.map((height, at) =>
    at === seen.indexOf(largest) ? Math.min(height, Math.max(leastHeight, height - given)) : height,
  );
}

/** The steps that are written beneath a chart: as many as a phone has room for, from the first on. */
export function labelledSteps(count: number): readonly number[] {
  const every = Math.ceil(count / 4);
  return Array.from({ length: Math.ceil(count / every) }, (_, at) => at * every);
}
