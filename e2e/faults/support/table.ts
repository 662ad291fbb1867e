import type { Fault, Outcome } from "./fault";

/** What came of one fault. */
export interface Line {
  readonly fault: Fault;
  readonly outcome?: Outcome;
  /** Why it could not be tried. */
  readonly failure?: string;
}

const headings = ["fault", "requests", "ok", "failed", "slow", "lost", "back after", "as expected"];

/** Prints one table, and below it what was seen. @returns whether everything was as expected */
export function printOutcomes(lines: readonly Line[]): boolean {
  const rows = [headings, ...lines.map(cells)];
  const widths = headings.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const text = rows.map(
    (row) => `| ${row.map((cell, column) => cell.padEnd(widths[column]!)).join(" | ")} |`,
  );
  text.splice(1, 0, `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`);
  console.log(`\n${text.join("\n")}\n`);
  for (const { fault, outcome, failure } of lines) {
    console.log(`${fault.name}: ${fault.expects}.`);
    const failures = [...(outcome?.load.failures ?? [])].map(([what, times]) => `${String(times)} × ${what}`);
    if (failures.length > 0) console.log(`  failed: ${failures.join(", ")}`);
    if (outcome?.seen !== undefined) console.log(`  seen: ${outcome.seen}`);
    for (const sentence of outcome?.unmet ?? []) console.log(`  NOT AS EXPECTED: ${sentence}`);
    if (failure !== undefined) console.log(`  NOT TRIED TO THE END: ${failure}`);
  }
  return lines.every(({ outcome }) => outcome?.unmet.length === 0);
}

function cells({ fault, outcome }: Line): string[] {
  if (outcome === undefined) return [fault.name, "", "", "", "", "", "", "no"];
  const { requests, ok, slow, lost, backAfter } = outcome.load;
  return [
    fault.name,
    ...[requests, ok, requests - ok - lost, slow, lost].map(String),
    `${backAfter.toFixed(1)} s`,
    outcome.unmet.length === 0 ? "yes" : "no",
  ];
}
