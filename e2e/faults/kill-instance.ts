import { judge, missing, type Fault } from "./support/fault";
import { underLoad } from "./support/load";
import { until } from "./support/until";

export const killInstance: Fault = {
  name: "kill-instance",
  expects: "no page fails; at most the forms under way at each kill are cut off",
  async run(setting) {
    let restarts = 0;
    const load = await underLoad(setting, async ({ broken, mended }) => {
      for (const { app, url } of setting.front.instances) {
        const { part } = app();
        const before = part.restarts;
        broken();
        process.kill(part.pid!, "SIGKILL");
        await until(() => part.restarts > before);
        await until(async () => (await fetch(`${url}/api/health/ready`)).ok);
        restarts += 1;
      }
      mended();
    });
    const unmet = judge(load, { failures: [/^sign-in 502$/, /^cut off/], most: 4 });
    return { load, unmet: [...unmet, ...missing({ "both came back": restarts === 2 })] };
  },
};
