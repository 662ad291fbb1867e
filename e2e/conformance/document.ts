import { cell, row } from "../evidence-table";

/** A plan of `plans.json`: lines that a test proves, or that have a reason not to. */
export interface Plan {
  readonly plan: string;
  readonly about: string;
  readonly lines: readonly {
    /** The official suite's name of a test, or one of our own for a demand of a specification. */
    readonly name: string;
    readonly text?: string;
    /** Why there is no test. */
    readonly reason?: string;
  }[];
}

/** A test that ran. */
export interface Proof {
  readonly file: string;
  readonly title: string;
  readonly lines: readonly string[];
  readonly expected: string;
  readonly seen: readonly string[];
  readonly passed: boolean;
}

/** What keeps a run from being evidence, a sentence each. */
export function gapsOf(plans: readonly Plan[], proofs: readonly Proof[]): string[] {
  const known = plans.flatMap(({ lines }) => lines);
  const proven = new Set(proofs.flatMap(({ lines }) => lines));
  return [
    ...known
      .filter(({ name, reason }) => !proven.has(name) && reason === undefined)
      .map(({ name }) => `${name} has neither a test nor a reason`),
    ...known
      .filter(({ name, reason }) => proven.has(name) && reason !== undefined)
      .map(({ name }) => `${name} has a test and a reason not to have one`),
    ...[...proven]
      .filter((name) => !known.some((line) => line.name === name))
      .map((name) => `${name} is in no plan`),
    ...proofs
      .filter(({ passed, seen }) => passed && seen.length === 0)
      .map(({ title }) => `"${title}" does not say what it saw`),
    ...proofs.filter(({ passed }) => !passed).map(({ title }) => `"${title}" failed`),
  ];
}

/** The document that a run is evidence for. The same tests that see the same make the same document. */
export function conformanceDocument(plans: readonly Plan[], proofs: readonly Proof[]): string {
  const beyond = proofs.filter(({ lines }) => lines.length === 0);
  const files = [...new Set(beyond.map(({ file }) => file))];
  const planned = plans.map(({ plan, about, lines }) => [
    `## ${plan}\n\n${about}\n`,
    row("Line", "Test", "Expected", "Seen"),
    row("---", "---", "---", "---"),
    ...lines.flatMap((line) => rowsOf(line, proofs)),
  ]);
  const others = files.map((file) => [
    `### ${file}\n`,
    row("Test", "Expected", "Seen"),
    row("---", "---", "---"),
    ...beyond.filter((proof) => proof.file === file).map((proof) => row(...cellsOf(proof))),
  ]);
  const blocks = [[introduction(plans, proofs)], ...planned, ["## Beyond the plans"], ...others];
  return `${blocks.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

function introduction(plans: readonly Plan[], proofs: readonly Proof[]): string {
  const lines = plans.flatMap((plan) => plan.lines);
  const reasons = lines.filter(({ reason }) => reason !== undefined).length;
  return `# Conformance

What the application does with what an OpenID provider may send it, and with what it may not. Written from a run of
\`npm run conformance\`: do not edit it. \`npm test\` fails when it is not what the run saw, or when a line of
\`e2e/conformance/plans.json\` has neither a test nor a reason.

Each test runs the production build against a programmable provider (\`e2e/peers/provider\`). "Nothing written" means that
the person got the outcome page with this status, its sentence, and a reference that finds the cause in the log, and that no
session, user, account or token row was made. The official suite itself was not run: the names are its names.

${String(proofs.length)} tests; ${String(lines.length)} lines of plans, of which ${String(reasons)} have a reason in place of a test.`;
}

function rowsOf({ name, text, reason }: Plan["lines"][number], proofs: readonly Proof[]): string[] {
  const label = text ?? `\`${name}\``;
  if (reason !== undefined) return [row(label, `None. ${reason}`, "", "")];
  return proofs
    .filter(({ lines }) => lines.includes(name))
    .map((proof, index) => row(index === 0 ? label : "", ...cellsOf(proof)));
}

function cellsOf({ title, expected, seen, passed }: Proof): [string, string, string] {
  return [cell(title), cell(expected), passed ? cell(seen.join("; ")) : "**failed**"];
}
