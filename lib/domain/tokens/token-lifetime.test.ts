import { describe, expect, it } from "vitest";
import { expiryOf, lifetimeSeconds } from "./token-lifetime";

describe("expires_in", () => {
  it.each<[unknown, number | null]>([
    [300, 300],
    [59.9, 59],
    ["300", 300],
    [undefined, null],
    [null, null],
    [0, null],
    [-300, null],
    ["-300", null],
    ["soon", null],
    ["", null],
    [Number.NaN, null],
    [Number.POSITIVE_INFINITY, null],
    [{}, null],
    [1e15, 366 * 24 * 60 * 60],
    ["999999999999", 366 * 24 * 60 * 60],
  ])("%j means %j seconds", (given, expected) => {
    expect(lifetimeSeconds(given)).toBe(expected);
  });

  it("without a meaning gives a token without a known end", () => {
    expect(expiryOf(null, new Date(0))).toBeNull();
    expect(expiryOf(60, new Date(0))).toEqual(new Date(60_000));
  });
});
