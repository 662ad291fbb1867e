import { join } from "node:path";
import { runVitest, scriptStep, type Step } from "./steps";

const ofUnchangedFiles = ["--cache", "--cache-strategy=content"];

/**
 * The fast half: no service, under a minute. The slow ones stand first, so that two at a time end together.
 * @param afresh looks at every file again. Else lint and format look at those that have changed since they last passed: a
 * type that changed in another file is found by the type check at once, what lint makes of it in a whole run.
 */
export function staticSteps(reportFolder: string, { afresh }: { afresh: boolean }): Step[] {
  const kept = afresh ? [] : ofUnchangedFiles;
  const keptLint = afresh ? [] : [...ofUnchangedFiles, "--cache-location=node_modules/.cache/eslint/"];
  return [
    scriptStep("types", "typecheck"),
    scriptStep("lint", "lint", keptLint),
    scriptStep("format", "check:format", kept),
    { name: "unit", run: () => runVitest("unit", join(reportFolder, "unit.json"), process.env) },
    scriptStep("knip", "knip"),
    scriptStep("layers", "check:layers"),
  ];
}
