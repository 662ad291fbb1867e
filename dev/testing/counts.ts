import { readFileSync } from "node:fs";

/** How many tests passed and failed. */
export interface Count {
  readonly passed: number;
  readonly failed: number;
}

interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly {
    readonly status: string;
    readonly assertionResults: readonly { status: string }[];
  }[];
}

interface PlaywrightReport {
  readonly stats: { readonly expected: number; readonly unexpected: number; readonly flaky: number };
}

/**
 * Counts from Vitest's JSON report. A file that fails as a whole counts as one failure, and so does a run that failed
 * without any failed test.
 */
export function countVitest(file: string, ok: boolean): Count {
  const report = read(file) as VitestReport | undefined;
  if (!report) return { passed: 0, failed: 1 };
  const broken = report.testResults.filter(
    ({ status, assertionResults }) =>
      status === "failed" && !assertionResults.some((assertion) => assertion.status === "failed"),
  );
  const failed = report.numFailedTests + broken.length;
  return { passed: report.numPassedTests, failed: ok ? failed : Math.max(failed, 1) };
}

/** Counts from Playwright's JSON report; a test that passed at a retry counts as passed. */
export function countPlaywright(file: string, ok: boolean): Count {
  const stats = (read(file) as PlaywrightReport | undefined)?.stats;
  if (!stats) return { passed: 0, failed: 1 };
  return {
    passed: stats.expected + stats.flaky,
    failed: ok ? stats.unexpected : Math.max(stats.unexpected, 1),
  };
}

function read(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}
