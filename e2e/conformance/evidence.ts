import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import type { FullConfig, FullResult, Reporter, Suite, TestCase } from "@playwright/test/reporter";
import { repositoryRoot } from "../../dev/launch/paths";
import { conformanceDocument, gapsOf, type Plan, type Proof } from "./document";

export const documentFile = join(repositoryRoot, "docs/conformance.md");

/** A reporter that makes the document of a run and fails the run when something about it is wrong. */
export abstract class EvidenceReporter implements Reporter {
  #suite: Suite | undefined;

  onBegin(_: FullConfig, suite: Suite): void {
    this.#suite = suite;
  }

  onEnd(result: FullResult): Promise<{ status: FullResult["status"] } | undefined> {
    if (this.#suite === undefined) return Promise.resolve(undefined);
    const proofs = proofsOf(this.#suite);
    const plans = readPlans();
    const faults = this.judge(conformanceDocument(plans, proofs), gapsOf(plans, proofs), result);
    for (const fault of faults) console.error(fault);
    return Promise.resolve(faults.length === 0 ? undefined : { status: "failed" });
  }

  printsToStdio(): boolean {
    return false;
  }

  /** What is wrong with the run, a sentence each. */
  protected abstract judge(document: string, gaps: readonly string[], result: FullResult): readonly string[];
}

function readPlans(): readonly Plan[] {
  return JSON.parse(readFileSync(join(import.meta.dirname, "plans.json"), "utf8")) as readonly Plan[];
}

/** The tests of a run that belong in the document, file by file, in the order in which they are written. */
function proofsOf(suite: Suite): readonly Proof[] {
  return suite
    .allTests()
    .filter(({ tags }) => tags.includes("@conformance"))
    .map(proofOf)
    .sort((one, other) => (one.file < other.file ? -1 : one.file > other.file ? 1 : 0));
}

function proofOf(test: TestCase): Proof {
  const annotations = test.results.at(-1)?.annotations ?? test.annotations;
  const of = (type: string) => [
    ...new Set(annotations.filter((one) => one.type === type).map(({ description = "" }) => description)),
  ];
  return {
    file: relative(repositoryRoot, test.location.file).replaceAll("\\", "/"),
    title: test.title,
    lines: of("line"),
    expected: of("expected").join("; "),
    seen: of("seen"),
    passed: test.ok() && test.results.length > 0,
  };
}
