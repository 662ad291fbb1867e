import { readFileSync } from "node:fs";
import { join } from "node:path";
import { repositoryRoot } from "../../dev/launch/paths";
import { annotatedTests } from "./annotated-tests";
import { asvsDocument, gapsOf, type Chapter } from "./document";

export const documentFile = join(repositoryRoot, "docs/asvs.md");

/** What the tests of this repository prove, as they say themselves. */
export function readEvidence(): { readonly document: string; readonly gaps: readonly string[] } {
  const chapters = JSON.parse(
    readFileSync(join(import.meta.dirname, "lines.json"), "utf8"),
  ) as readonly Chapter[];
  const tests = annotatedTests(repositoryRoot);
  return { document: asvsDocument(chapters, tests), gaps: gapsOf(chapters, tests) };
}
