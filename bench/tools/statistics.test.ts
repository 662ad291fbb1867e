import { expect, test } from "vitest";
import { median, medianInterval, quantile, quantileRatioInterval } from "./statistics";

const same = (value: number, times = 20) => Array.from({ length: times }, () => value);

test("a quantile lies between its neighbours in proportion", () => {
  expect(quantile([4, 1, 3, 2], 0.5)).toBe(2.5);
  expect(quantile([0, 10], 0.99)).toBeCloseTo(9.9);
  expect(median([])).toBeNaN();
});

test("an interval is as wide as launches differ, however many rounds each has", () => {
  expect(medianInterval([same(0.8), same(1), same(0.9)])).toEqual({ low: 0.8, high: 1 });
  expect(medianInterval([[...same(0.8), ...same(1), ...same(0.9)]]).high).toBeLessThan(1);
});

test("the interval of a quantile's ratio knows of launches too", () => {
  const round = (ours: number) => ({ ours: same(ours), baseline: same(10) });
  const calm = [round(10), round(10), round(10)];
  expect(quantileRatioInterval(0.99, [calm, calm, calm])).toEqual({ low: 1, high: 1 });
  const { low, high } = quantileRatioInterval(0.99, [calm, calm, calm, [round(30), round(30), round(30)]]);
  expect([low, high]).toEqual([1, 3]);
});
