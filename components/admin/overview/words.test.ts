import { expect, it } from "vitest";
import { changeInWords } from "./words";

it.each([
  [0, 0, "As in the day before"],
  [3, 0, "None in the day before"],
  [10, 10, "As in the day before"],
  [1_001, 1_000, "About as many as in the day before"],
  [15, 10, "50% more than in the day before"],
  [9, 10, "10% fewer than in the day before"],
  [0, 10, "100% fewer than in the day before"],
  [1_000, 10, "10 in the day before"],
])("%i after %i is told as %j", (total, before, words) => {
  expect(changeInWords(total, before, "the day before")).toBe(words);
});
