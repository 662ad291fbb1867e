import { describe, expect, it } from "vitest";
import { findAttention, isRising } from "./attention";

const none = { now: 0, before: 0 };
const quiet = {
  ...{ mails: none, locks: none, "failed-sign-ins": none, denied: none },
  ...{ "token-refreshes": none, "api-errors": none, "sign-ups": none },
};

describe("what wants attention", () => {
  it.each([
    [4, 0, false],
    [5, 0, true],
    [14, 10, false],
    [15, 10, true],
  ])("%i after %i rises: %s", (now, before, expected) => {
    expect(isRising({ now, before })).toBe(expected);
  });

  it("is nothing on a quiet day, or on one as busy as the last", () => {
    expect(findAttention(quiet, 0)).toEqual([]);
    expect(findAttention({ ...quiet, "failed-sign-ins": { now: 900, before: 880 } }, 0)).toEqual([]);
  });

  it("is a single lock or lost mail, and the audit log before all", () => {
    const counted = {
      ...quiet,
      "sign-ups": { now: 50, before: 5 },
      locks: { now: 1, before: 3 },
      mails: { now: 1, before: 0 },
    };
    expect(findAttention(counted, 7)).toEqual([
      { kind: "unsealed", count: 7, before: null },
      { kind: "mails", count: 1, before: 0 },
      { kind: "locks", count: 1, before: 3 },
      { kind: "sign-ups", count: 50, before: 5 },
    ]);
  });
});
