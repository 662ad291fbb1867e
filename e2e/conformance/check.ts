import { existsSync, readFileSync } from "node:fs";
import type { FullResult } from "@playwright/test/reporter";
import { documentFile, EvidenceReporter } from "./evidence";

/** Fails a whole run when docs/conformance.md is not what it saw, or when a line of the plans is not covered. */
export default class CheckConformance extends EvidenceReporter {
  protected judge(document: string, gaps: readonly string[], { status }: FullResult): readonly string[] {
    // A run that failed says so itself.
    if (status !== "passed") return [];
    const written = existsSync(documentFile) ? readFileSync(documentFile, "utf8") : "";
    return written === document
      ? gaps
      : [...gaps, "docs/conformance.md is not what this run saw: npm run conformance"];
  }
}
