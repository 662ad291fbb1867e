import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { countPlaywright, countVitest } from "./counts";

const folder = mkdtempSync(join(tmpdir(), "gatehouse-counts-"));

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function report(content: object): string {
  const file = join(folder, "report.json");
  writeFileSync(file, JSON.stringify(content));
  return file;
}

it("counts a test file that does not load as a failure", () => {
  const testResults = [
    { status: "failed", assertionResults: [] },
    { status: "failed", assertionResults: [{ status: "failed" }] },
  ];
  const file = report({ numPassedTests: 4, numFailedTests: 1, testResults });
  expect(countVitest(file, false)).toEqual({ passed: 4, failed: 2 });
});

it("never calls a failed run passed", () => {
  expect(countVitest(report({ numPassedTests: 4, numFailedTests: 0, testResults: [] }), false).failed).toBe(
    1,
  );
  expect(countPlaywright(report({ stats: { expected: 2, unexpected: 0, flaky: 1 } }), false)).toEqual({
    passed: 3,
    failed: 1,
  });
  expect(countPlaywright(join(folder, "absent.json"), true).failed).toBe(1);
});
