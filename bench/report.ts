/** One line of the table. Figures of one line come from the same run. */
export interface Row {
  readonly name: string;
  readonly ours: string;
  readonly baseline: string;
  /** Null where only the figure itself counts. */
  readonly ratio: number | null;
  /** What the project aims at; empty when the line is for information. */
  readonly target: string;
}

const headings = ["", "ours", "baseline", "ratio", "target"] as const;

/** The rows as a table of plain text. */
export function table(rows: readonly Row[]): string {
  const lines = [
    [...headings],
    ...rows.map(({ name, ours, baseline, ratio, target }) => [
      name,
      ours,
      baseline,
      ratio === null ? "" : ratio.toFixed(2),
      target,
    ]),
  ];
  const widths = headings.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  const printed = lines.map((line) =>
    line
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join("  ")
      .trimEnd(),
  );
  printed.splice(1, 0, widths.map((width) => "─".repeat(width)).join("──"));
  return printed.join("\n");
}

/** A line that says between which two values a ratio of another line lies. */
export function intervalRow(name: string, { low, high }: { low: number; high: number }): Row {
  return { name, ours: `${low.toFixed(2)} to ${high.toFixed(2)}`, baseline: "", ratio: null, target: "" };
}

/** A number with as many digits as it deserves. */
export function figure(value: number, unit = ""): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return `${value.toFixed(digits)}${unit && ` ${unit}`}`;
}
