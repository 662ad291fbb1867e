import { describe, expect, it } from "vitest";
import { csvLine } from "@/lib/platform/csv";

describe("a line of CSV (ASVS 1.2.10)", () => {
  it.each([
    ["=cmd|' /C calc'!A0", `"'=cmd|' /C calc'!A0"`],
    ["+1", `"'+1"`],
    ["-1", `"'-1"`],
    ["@SUM(A1)", `"'@SUM(A1)"`],
    ["\t=1", `"'\t=1"`],
    ["\r=1", `"'\r=1"`],
    [" =1", `"' =1"`],
    ['say "hi", you', `"say ""hi"", you"`],
    ["two\nlines", `"two\nlines"`],
    ["plain", `"plain"`],
  ])("gives %j as text that no spreadsheet computes", (value, cell) => {
    expect(csvLine([value])).toBe(`${cell}\r\n`);
  });

  it("has an empty cell for what there is not", () => {
    expect(csvLine(["a", null, ""])).toBe('"a","",""\r\n');
  });
});
