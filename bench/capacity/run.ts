import { availableParallelism, loadavg } from "node:os";
import { parseArgs } from "node:util";
import { progressTo } from "../../dev/launch/progress";
import { figure } from "../report";
import { Setting } from "../setting";
import { cpuSeconds } from "../tools/cpu";
import { ramp, type Step } from "./ramp";
import { kinds, requestsTo, type Kind } from "./requests";

// npm run bench:capacity [-- --seconds=10 --kind="API call"]: how many requests a second one instance takes, and two, until
// one in twenty waits longer than 250 ms. Load, instances and database share this machine: see docs/scaling.md.

const bound = 250;
const starts: Readonly<Record<Kind, number>> = { "signed-in page": 20, "API call": 40, "sign-in": 2 };

const { values } = parseArgs({
  options: { seconds: { type: "string", default: "10" }, kind: { type: "string", multiple: true } },
});
const progress = progressTo(process.stderr);
const [busy = NaN] = loadavg();
const setting = await Setting.open(progress);
for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.once(signal, () => void setting.stop().finally(() => process.exit(130)));
try {
  const both = [await setting.product(), await setting.second()];
  const database = await setting.databaseMeter();
  console.log(
    `| request | instances | knee, a second | p50 there (ms) | p95 there (ms) | application, CPU ms | database, CPU ms |`,
  );
  console.log(`| --- | ---: | ---: | ---: | ---: | ---: | ---: |`);
  for (const kind of kinds.filter((kind) => values.kind?.includes(kind) ?? true))
    for (const instances of [both.slice(0, 1), both]) {
      const request = (await requestsTo(setting, instances))[kind];
      const application = () => instances.reduce((sum, { part }) => sum + cpuSeconds(part.pid), 0);
      const steps = await progress(`${kind}, ${String(instances.length)} instance(s)`, () =>
        ramp(request, {
          from: starts[kind],
          seconds: Number(values.seconds),
          bound,
          meters: { application, database },
        }),
      );
      console.log(line(kind, instances.length, steps));
    }
  console.log(
    `\nNode.js ${process.versions.node}, ${String(availableParallelism())} processors, load average before the start ${busy.toFixed(1)}.`,
  );
} finally {
  await setting.stop();
}
process.exit(0);

/** The last step that held. */
function line(kind: Kind, instances: number, steps: readonly Step[]): string {
  const knee = steps.findLast(({ p95 }) => p95 <= bound);
  const cells =
    knee === undefined
      ? [`below ${String(steps[0]?.perSecond)}`, "", "", "", ""]
      : [knee.perSecond, knee.p50, knee.p95, knee.application, knee.database].map((value) => figure(value));
  return `| ${[kind, String(instances), ...cells].join(" | ")} |`;
}
