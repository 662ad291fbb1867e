import { expect, it } from "vitest";
import { chooseWorker } from "./choose-worker";

const workers = (...usages: number[]) => usages.map((currentUsage) => ({ currentUsage }));

it.each([
  { usages: [], most: 2, chosen: undefined, because: "there is none yet" },
  { usages: [1, 0], most: 2, chosen: 1, because: "one is idle" },
  { usages: [1], most: 2, chosen: undefined, because: "another thread may begin" },
  { usages: [2, 1], most: 2, chosen: 1, because: "it has its next task at hand then" },
  { usages: [2, 2], most: 2, chosen: undefined, because: "all have enough" },
  { usages: [1], most: 1, chosen: 0, because: "there will be no other" },
])("a password goes to worker $chosen of those with $usages, of at most $most, because $because", (given) => {
  const there = workers(...given.usages);
  expect(chooseWorker(there, given.most)).toBe(given.chosen === undefined ? null : there[given.chosen]);
});
