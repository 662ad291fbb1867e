import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { annotationsIn, type AnnotatedTest } from "./annotated-tests";
import { asvsDocument, gapsOf, type Chapter } from "./document";
import { documentFile, readEvidence } from "./evidence";

const chapters: readonly Chapter[] = [
  {
    chapter: "V6 Authentication",
    lines: [
      { line: "6.1.1", level: 1, asks: "A thing." },
      { line: "6.1.2", level: 3, asks: "Another.", reason: "There is none." },
    ],
  },
];
const proof: AnnotatedTest = { file: "e2e/a.spec.ts", title: "an <evil> thing", lines: ["6.1.1", "3.4.1"] };

describe("gaps of the evidence", () => {
  it("are none when every line has a test or a reason; chapters that have no lines do not count", () => {
    expect(gapsOf(chapters, [proof])).toEqual([]);
  });

  it.each<[string, readonly AnnotatedTest[], string]>([
    ["a line without test and reason", [], "6.1.1 has neither a test nor a reason"],
    ["a line with both", [proof, { ...proof, lines: ["6.1.2"] }], "6.1.2 has a test and a reason"],
    ["a line that the chapter has not", [proof, { ...proof, lines: ["6.9.9"] }], "6.9.9 is no line"],
  ])("are found: %s", (_, tests, gap) => {
    expect(gapsOf(chapters, tests).join("\n")).toContain(gap);
  });
});

describe("annotations", () => {
  const annotated = (source: string) =>
    annotationsIn("a.spec.ts", source).map(({ title, lines }) => [title, lines]);

  it.each<[string, string, readonly (readonly [string, readonly string[]])[]]>([
    ["proves", `test("works", proves({ row: [1], asvs: ["6.1.1"] }), () => {});`, [["works", ["6.1.1"]]]],
    [
      "numbers alone",
      `test("works", proves("6.1.1", "row 2", "7.1.1"), f);`,
      [["works", ["6.1.1", "7.1.1"]]],
    ],
    ["a title", `describe("it (ASVS 6.1.1, 6.1.2)", () => {});`, [["it", ["6.1.1", "6.1.2"]]]],
    ["a title among others", `it("it (field note 7, ASVS 6.1.1)", f);`, [["it", ["6.1.1"]]]],
    ["a title of a table", "it.each([1])('it %s (ASVS 6.1.1)', f);", [["it %s", ["6.1.1"]]]],
    ["a template", "test(`a ${x} thing`, proves('6.1.1'), f);", [["a … thing", ["6.1.1"]]]],
    [
      "a constant",
      `const all = { ...proves({ asvs: ["6.1.1"] }) }; test("a", all, f); test("b", { ...all }, f); test("c", f);`,
      [
        ["a", ["6.1.1"]],
        ["b", ["6.1.1"]],
      ],
    ],
    [
      "a table of cases",
      "const t = { 'no x': { asvs: ['6.1.1'] } }; test(`with ${x} fails`, conforms({ asvs }), f);",
      [["with no x fails", ["6.1.1"]]],
    ],
    ["no number", `test("works", { tag: "@phone" }, () => f("6.1.1"));`, []],
  ])("are read from %s", (_, source, found) => {
    expect(annotated(source)).toEqual(found);
  });

  it("that belong to no test are an error", () => {
    expect(() => annotated(`const unused = proves("6.1.1");`)).toThrow("annotates no test");
  });
});

it("the document has a row for each line and each test, without markup of theirs", () => {
  const text = asvsDocument(chapters, [proof, { ...proof, title: "more" }]);
  expect(text).toContain(
    "| 6.1.1 | L1 | A thing. | an &lt;evil> thing | `e2e/a.spec.ts` |\n|  |  |  | more | `e2e/a.spec.ts` |",
  );
  expect(text).toContain("| 6.1.2 | L3 | Another. | None. There is none. |  |");
});

describe("docs/asvs.md", () => {
  const { document, gaps } = readEvidence();

  it("has a test or a reason for every line", () => {
    expect(gaps).toEqual([]);
  });

  it("is what the tests say of themselves (npm run asvs)", () => {
    expect(readFileSync(documentFile, "utf8")).toBe(document);
  });

  it("gives reasons that lead somewhere", () => {
    const links = [...document.matchAll(/\]\(([^)#]+)/g)].map(([, file]) => file!);
    for (const file of links)
      expect(() => readFileSync(new URL(file, `file://${documentFile}`)), file).not.toThrow();
  });
});
