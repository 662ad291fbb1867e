import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { judge, missing, type Fault } from "./support/fault";
import { underLoad } from "./support/load";
import { until } from "./support/until";

const preload = pathToFileURL(join(import.meta.dirname, "support/names-not-found.mjs")).href;

export const namesNotFound: Fault = {
  name: "dns-failure",
  expects: "without a name server: 503 once connections are lost, 502 or 503 from the API; back within 10 s",
  async run(setting) {
    const { front, world } = setting;
    const flag = join(world.stateDir, "names-not-found");
    for (const instance of front.instances)
      await instance.restart({ NAMES_NOT_FOUND_WHILE: flag }, ["--import", preload]);
    const load = await underLoad(setting, async ({ broken, mended }) => {
      broken();
      writeFileSync(flag, "");
      // Connections that are open need no name.
      const before = front.pgbouncer.restarts;
      process.kill(front.pgbouncer.pid!, "SIGKILL");
      await until(() => front.pgbouncer.restarts > before);
      await sleep(setting.full ? 60_000 : 10_000);
      rmSync(flag);
      mended();
    });
    for (const instance of front.instances) await instance.restart();
    return {
      load,
      unmet: [
        ...judge(load, { failures: [/ 50[23]$/, /^sign-in 200$/], backWithin: 10 }),
        ...missing({ "something was asked by name": load.failures.size > 0 }),
      ],
    };
  },
};
