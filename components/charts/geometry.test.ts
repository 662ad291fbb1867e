import { describe, expect, it } from "vitest";
import { labelledSteps, plotBars, plotHeight } from "./geometry";

describe("bars that stand on each other", () => {
  it("reach from nothing to the sum, on a scale that ends with a round number", () => {
    const { columns, lines } = plotBars([
      [10, 0],
      [20, 40],
    ]);
    expect(lines.map(({ value }) => value)).toEqual([0, 10, 20, 30, 40]);
    expect(columns[0]?.segments).toEqual([
      { series: 0, y: plotHeight * 0.75, height: plotHeight * 0.25 },
      { series: 1, y: plotHeight * 0.25, height: plotHeight * 0.5 },
    ]);
    expect(columns[1]?.segments).toEqual([{ series: 1, y: 0, height: plotHeight }]);
  });

  it.each([1, 7, 24, 30])("fill the width with %i steps, each bar within its own", (count) => {
    const { columns } = plotBars([Array.from({ length: count }, () => 1)]);
    const last = columns.at(-1)!;
    expect(last.left + last.width).toBeCloseTo(100);
    for (const { left, width, barLeft, barWidth } of columns) {
      expect(barLeft).toBeGreaterThanOrEqual(left);
      expect(barLeft + barWidth).toBeLessThanOrEqual(left + width + 1e-9);
    }
  });

  it("never make a tower of one event, and count in whole numbers", () => {
    const { columns, lines } = plotBars([[1, 0, 0]]);
    expect(columns[0]?.segments[0]?.height).toBeLessThanOrEqual(plotHeight / 4);
    expect(lines.every(({ value }) => Number.isInteger(value))).toBe(true);
  });

  it.each([3, 17, 999, 1_234_567])("stay within the plot when the most is %i", (most) => {
    const { columns, lines } = plotBars([[most, 1, 0]]);
    for (const { y, height } of columns.flatMap(({ segments }) => segments)) {
      expect(y).toBeGreaterThanOrEqual(0);
      expect(y + height).toBeCloseTo(plotHeight);
    }
    expect(lines.at(-1)!.value).toBeGreaterThanOrEqual(most / 2);
  });

  it("show what is little beside much, at the height of the whole", () => {
    const { columns } = plotBars([
      [9_000, 0],
      [0, 0],
      [3, 1],
      [1, 0],
    ]);
    const [much, little] = columns.map(({ segments }) => segments);
    expect(much?.map(({ series }) => series)).toEqual([0, 2, 3]);
    expect(much?.slice(1).map(({ height }) => height)).toEqual([2, 2]);
    expect(much?.at(-1)?.y).toBeCloseTo(plotHeight * (1 - 9_004 / 10_000));
    expect(little).toEqual([{ series: 2, y: plotHeight - 2, height: 2 }]);
  });

  it("are none without values", () => {
    expect(plotBars([[0, 0]]).columns.flatMap(({ segments }) => segments)).toEqual([]);
  });
});

describe("the times beneath a chart", () => {
  it.each([
    [24, [0, 6, 12, 18]],
    [7, [0, 2, 4, 6]],
    [30, [0, 8, 16, 24]],
  ])("are four of %i", (count, expected) => {
    expect(labelledSteps(count)).toEqual(expected);
  });
});
