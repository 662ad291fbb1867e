import { cell, row } from "../evidence-table";
import type { AnnotatedTest } from "./annotated-tests";

/** A chapter of `lines.json`: what it asks for, in our words, and why there is no test where there is none. */
export interface Chapter {
  readonly chapter: string;
  readonly lines: readonly {
    /** Its number in ASVS 5.0. */
    readonly line: string;
    readonly level: 1 | 2 | 3;
    readonly asks: string;
    readonly reason?: string;
  }[];
}

/** What keeps the tests from being evidence, a sentence each. */
export function gapsOf(chapters: readonly Chapter[], tests: readonly AnnotatedTest[]): string[] {
  const known = chapters.flatMap(({ lines }) => lines);
  const inScope = new Set(known.map(({ line }) => chapterOf(line)));
  const proven = new Set(tests.flatMap(({ lines }) => lines).filter((line) => inScope.has(chapterOf(line))));
  return [
    ...known
      .filter(({ line, reason }) => !proven.has(line) && reason === undefined)
      .map(({ line }) => `${line} has neither a test nor a reason`),
    ...known
      .filter(({ line, reason }) => proven.has(line) && reason !== undefined)
      .map(({ line }) => `${line} has a test and a reason not to have one`),
    ...[...proven]
      .filter((number) => !known.some(({ line }) => line === number))
      .map((number) => `${number} is no line of its chapter`),
  ];
}

/** The document that annotated tests are evidence for. */
export function asvsDocument(chapters: readonly Chapter[], tests: readonly AnnotatedTest[]): string {
  const tables = chapters.map(({ chapter, lines }) =>
    [
      `## ${chapter}\n`,
      row("Line", "Level", "What it asks", "Test", "File"),
      row("---", "---", "---", "---", "---"),
      ...lines.flatMap((line) => rowsOf(line, tests)),
    ].join("\n"),
  );
  return `${[introduction(chapters), ...tables].join("\n\n")}\n`;
}

function introduction(chapters: readonly Chapter[]): string {
  const lines = chapters.flatMap((chapter) => chapter.lines);
  const reasons = lines.filter(({ reason }) => reason !== undefined).length;
  return `# OWASP ASVS 5.0

Four chapters of the Application Security Verification Standard, line by line, in our own words, with the tests that prove each
or the reason why there is none. Written by \`npm run asvs\` from \`e2e/asvs/lines.json\` and from what the tests say of
themselves: do not edit it. \`npm test\` fails when it is not what they say, or when a line has neither a test nor a reason. A
title with … stands for a table of cases; one of a group stands for all tests in it. The tests themselves are run by
\`npm test\`: where one fails, its line is not met.

${String(lines.length)} lines, of which ${String(reasons)} have a reason in place of a test. Where a reason begins with "Not met", the line is not met.`;
}

function rowsOf(
  { line, level, asks, reason }: Chapter["lines"][number],
  tests: readonly AnnotatedTest[],
): string[] {
  if (reason !== undefined) return [row(line, `L${String(level)}`, asks, `None. ${reason}`, "")];
  return tests
    .filter(({ lines }) => lines.includes(line))
    .map(({ title, file }, index) =>
      index === 0
        ? row(line, `L${String(level)}`, asks, cell(title), `\`${file}\``)
        : row("", "", "", cell(title), `\`${file}\``),
    );
}

function chapterOf(line: string): string {
  return line.split(".", 1)[0] ?? "";
}
