import { join } from "node:path";
import { runVitest, scriptStep, type Step } from "./steps";

/** The fast half: no service, under a minute. The slow ones stand first, so that two at a time end together. */
export function staticSteps(reportFolder: string): Step[] {
  return [
    scriptStep("types", "typecheck"),
    scriptStep("lint", "lint"),
    scriptStep("format", "check:format"),
    { name: "unit", run: () => runVitest("unit", join(reportFolder, "unit.json"), process.env) },
    scriptStep("knip", "knip"),
    scriptStep("layers", "check:layers"),
  ];
}
