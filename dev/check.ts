import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { Runner } from "./testing/runner";
import { staticSteps } from "./testing/static";

const { values } = parseArgs({ options: { only: { type: "string", default: "" } } });
const reports = mkdtempSync(join(tmpdir(), "gatehouse-check-"));
const runner = new Runner(values.only.split(",").filter(Boolean));

process.on("SIGINT", () => process.exit(130));
process.on("exit", () => {
  rmSync(reports, { recursive: true, force: true });
});
await runner.run(staticSteps(reports, { afresh: false }), 2);
process.exitCode = runner.finish();
