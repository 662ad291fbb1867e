import { judge, missing, type Fault } from "./support/fault";
import { underLoad } from "./support/load";
import { until } from "./support/until";

export const pgbouncerRestarted: Fault = {
  name: "pgbouncer-restarted",
  expects: "503 at most while it is away; the pools connect again by themselves",
  async run(setting) {
    const { pgbouncer } = setting.front;
    const before = pgbouncer.restarts;
    const load = await underLoad(setting, async ({ broken, mended }) => {
      broken();
      process.kill(pgbouncer.pid!, "SIGKILL");
      await until(() => pgbouncer.restarts > before);
      mended();
    });
    const unmet = judge(load, { failures: [/ 503$/, /^sign-in 200$/], backWithin: 5 });
    return { load, unmet: [...unmet, ...missing({ "it came back": pgbouncer.restarts > before })] };
  },
};

export const poolExhausted: Fault = {
  name: "pool-exhausted",
  expects: "while every connection waits for 6 s, people wait or read 503; then all is well",
  async run(setting) {
    const load = await underLoad(setting, async ({ broken, mended }) => {
      broken();
      await setting.sql.begin(async (tx) => {
        await tx`lock table sessions`;
        await tx`select pg_sleep(6)`;
      });
      mended();
    });
    return {
      load,
      unmet: [
        ...judge(load, { failures: [/ 503$/, /^sign-in 200$/], backWithin: 3 }),
        ...missing({ "somebody had to wait": load.slow > 0 }),
      ],
    };
  },
};
