import { judge, missing, type Fault } from "./support/fault";
import { underLoad } from "./support/load";
import type { Setting } from "./support/setting";
import { until } from "./support/until";

export const killInstance: Fault = {
  name: "kill-instance",
  expects: "no page fails; at most the forms under way at each kill are cut off",
  async run(setting) {
    const load = await underLoad(setting, async ({ broken, mended }) => {
      broken();
      await endEach(setting, "SIGKILL");
      mended();
    });
    return { load, unmet: judge(load, { failures: [/^sign-in 502$/, /^cut off/], most: 4 }) };
  },
};

const rollingRate = 100;

export const rollingRestart: Fault = {
  name: "rolling-restart",
  expects: `at ${String(rollingRate)} requests a second both instances end and start in turn: no request fails, nobody is signed out`,
  async run(setting) {
    let seconds = 0;
    const load = await underLoad(
      setting,
      async ({ broken, mended }) => {
        broken();
        const start = performance.now();
        await endEach(setting, "SIGTERM");
        seconds = (performance.now() - start) / 1_000;
        mended();
      },
      // A sign-in takes as much of a processor as twenty pages.
      { perSecond: rollingRate, signInEvery: rollingRate },
    );
    const unmet = [...judge(load), ...missing({ "the load came as fast as it should": load.held === 0 })];
    return { load, unmet, seen: `${seconds.toFixed(0)} s for both` };
  },
};

/** Ends one instance, and the other once whoever supervises the first has it ready again. */
async function endEach({ front }: Setting, signal: NodeJS.Signals): Promise<void> {
  for (const { app, url } of front.instances) {
    const { part } = app();
    const before = part.restarts;
    process.kill(part.pid!, signal);
    await until(() => part.restarts > before);
    await until(async () => (await fetch(`${url}/api/health/ready`)).ok);
  }
}
