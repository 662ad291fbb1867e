import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { conformanceDocument, gapsOf, type Plan, type Proof } from "./document";

const plans: readonly Plan[] = [
  {
    plan: "Basic",
    about: "About it.",
    lines: [{ name: "a-test" }, { name: "not-ours", reason: "It is of another flow." }],
  },
];
const proof: Proof = {
  file: "e2e/oidc/a.spec.ts",
  title: "an <evil> thing | another",
  lines: ["a-test"],
  expected: "400",
  seen: ["400", "no row"],
  passed: true,
};

describe("gaps of a run", () => {
  it("are none when every line has a test or a reason", () => {
    expect(gapsOf(plans, [proof])).toEqual([]);
  });

  it.each<[string, readonly Proof[], string]>([
    ["a line without test and reason", [], "a-test has neither a test nor a reason"],
    ["a line with both", [proof, { ...proof, lines: ["not-ours"] }], "not-ours has a test and a reason"],
    ["a line that no plan has", [proof, { ...proof, lines: ["b-test"] }], "b-test is in no plan"],
    ["a test that says nothing", [{ ...proof, seen: [] }], "does not say what it saw"],
    ["a test that failed", [{ ...proof, passed: false }], "failed"],
  ])("are found: %s", (_, proofs, gap) => {
    expect(gapsOf(plans, proofs).join("\n")).toContain(gap);
  });
});

describe("the document of a run", () => {
  it("has a row for each line and each test, without markup of theirs", () => {
    const text = conformanceDocument(plans, [proof, { ...proof, lines: [], title: "beyond" }]);
    expect(text).toContain("| `a-test` | an &lt;evil> thing \\| another | 400 | 400; no row |");
    expect(text).toContain("| `not-ours` | None. It is of another flow. |  |  |");
    expect(text).toContain("### e2e/oidc/a.spec.ts\n\n| Test | Expected | Seen |");
    expect(text).toContain("| beyond | 400 | 400; no row |");
  });
});

describe("docs/conformance.md", () => {
  const root = path.join(import.meta.dirname, "../..");
  const text = readFileSync(path.join(root, "docs/conformance.md"), "utf8");
  const current = JSON.parse(
    readFileSync(path.join(import.meta.dirname, "plans.json"), "utf8"),
  ) as readonly Plan[];

  it.each(current.flatMap(({ lines }) => lines))(
    "has a test or a reason for $name",
    ({ name, text: words, reason }) => {
      const rows = text.split("\n").filter((line) => line.startsWith(`| ${words ?? `\`${name}\``} | `));
      expect(rows).toHaveLength(1);
      const [, , test = "", expected = "", seen = ""] = rows[0]!
        .split(/(?<!\\)\|/)
        .map((cell) => cell.trim());
      expect(reason === undefined ? [test, expected, seen].every(Boolean) : test === `None. ${reason}`).toBe(
        true,
      );
    },
  );
});
