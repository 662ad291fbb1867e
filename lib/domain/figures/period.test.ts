import { describe, expect, it } from "vitest";
import { periodOf } from "./period";

const iso = (dates: readonly Date[]) => dates.map((date) => date.toISOString().slice(0, 16));

describe("the time that the overview shows", () => {
  it("is 24 hours, the last under way, against the 24 before them", () => {
    const { steps, from, previousFrom, previousUntil } = periodOf("day", new Date("2026-03-01T10:30:00Z"));
    expect(steps).toHaveLength(24);
    expect(iso([steps[0]!, steps[23]!])).toEqual(["2026-02-28T11:00", "2026-03-01T10:00"]);
    expect(iso([from, previousFrom, previousUntil])).toEqual([
      "2026-02-28T11:00",
      "2026-02-27T11:00",
      "2026-02-28T11:00",
    ]);
  });

  it("is 7 days from midnight in UTC, against 7 that end at the same hour", () => {
    const { steps, previousFrom, previousUntil } = periodOf("week", new Date("2026-03-01T10:30:00Z"));
    expect(iso(steps)).toEqual(
      [23, 24, 25, 26, 27, 28].map((day) => `2026-02-${String(day)}T00:00`).concat("2026-03-01T00:00"),
    );
    expect(iso([previousFrom, previousUntil])).toEqual(["2026-02-16T00:00", "2026-02-22T11:00"]);
  });

  it("is 30 days, over a change of the clocks too", () => {
    const { steps } = periodOf("month", new Date("2026-04-05T00:00:00Z"));
    expect(steps).toHaveLength(30);
    expect(iso([steps[0]!, steps[29]!])).toEqual(["2026-03-07T00:00", "2026-04-05T00:00"]);
    expect(new Set(steps.map((step) => step.getUTCHours()))).toEqual(new Set([0]));
  });

  it("does not hold the first moment of an hour against more than an hour", () => {
    const { from, previousUntil } = periodOf("day", new Date("2026-03-01T10:00:00Z"));
    expect(previousUntil).toEqual(from);
  });
});
