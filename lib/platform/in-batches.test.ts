import { expect, it } from "vitest";
import { inBatches } from "./in-batches";

const always = () => true;

it.each([
  { answers: [5, 5, 2], done: 12, because: "the last batch is not full" },
  { answers: [0], done: 0, because: "there is nothing to do" },
  { answers: [null], done: null, because: "somebody else is at it" },
  {
    answers: [5, 5, null],
    done: 10,
    because: "somebody else has taken over in between, and two batches stay done",
  },
])("batches that do $answers did $done in all: $because", async ({ answers, done }) => {
  const left = [...answers];
  expect(await inBatches({ atOnce: 5, goesOn: always }, () => Promise.resolve(left.shift() ?? null))).toBe(
    done,
  );
  expect(left).toEqual([]);
});

it("no batch begins once it is not to go on", async () => {
  let batches = 0;
  const goesOn = () => batches < 2;
  const batch = () => {
    batches += 1;
    return Promise.resolve(5);
  };
  expect(await inBatches({ atOnce: 5, goesOn }, batch)).toBe(10);
});
