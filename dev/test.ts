import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ensureBuild } from "./app/build";
import { ensureBrowser } from "./find-browser";
import { withTestDatabase } from "./testing/database";
import { Runner } from "./testing/runner";
import { staticSteps } from "./testing/static";
import { runPlaywright, runVitest } from "./testing/steps";

// Everything after `--` goes to Playwright.
const { values, positionals } = parseArgs({
  options: { only: { type: "string", default: "" } },
  allowPositionals: true,
});
const folder = mkdtempSync(join(tmpdir(), "gatehouse-test-"));
const runner = new Runner(values.only.split(",").filter(Boolean));

for (const [signal, code] of [["SIGINT", 130] as const, ["SIGTERM", 143] as const]) {
  process.on(signal, () => process.exit(code));
}
process.on("exit", () => {
  rmSync(folder, { recursive: true, force: true });
});

await runner.run(staticSteps(folder, { afresh: true }), 2);
await runner.run([
  {
    name: "build",
    async run() {
      await ensureBuild();
      return { passed: 1, failed: 0, output: "" };
    },
  },
  {
    name: "database",
    run: () =>
      withTestDatabase(join(folder, "state"), (env) =>
        runVitest("db", join(folder, "database.json"), { ...process.env, ...env }),
      ),
  },
  {
    name: "e2e",
    async run() {
      await ensureBuild();
      await ensureBrowser();
      return runPlaywright(join(folder, "e2e.json"), positionals);
    },
  },
]);
process.exit(runner.finish());
