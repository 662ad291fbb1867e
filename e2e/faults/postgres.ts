import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { judge, missing, type Fault } from "./support/fault";
import { clusterOf, failOver, restoredCopy } from "./support/copy-cluster";
import { underLoad } from "./support/load";
import { signIn } from "./support/setting";
import { until } from "./support/until";

/** What needs the database says that it is away; nothing else does. */
const away = [/ 503$/, /^sign-in 200$/];
/** Seconds; a connection that was made meanwhile may hold a refusal of PgBouncer's for the first who uses it. */
const backWithin = 10;
const seconds = 20;

export const postgresStopped: Fault = {
  name: "postgres-stopped",
  expects: "for 20 s: 503 for what needs the database; back within 10 s, nobody signed out",
  async run(setting) {
    const postgres = setting.world.parts.postgres!;
    const load = await underLoad(setting, async ({ broken, mended }) => {
      broken();
      await postgres.stop();
      await sleep(seconds * 1_000);
      await postgres.start();
      mended();
    });
    return { load, unmet: judge(load, { failures: away, backWithin }) };
  },
};

export const postgresKilled: Fault = {
  name: "postgres-killed",
  expects: "kill -9 of the server: 503 until it has recovered, nothing acknowledged is lost",
  async run(setting) {
    const postgres = setting.world.parts.postgres!;
    const load = await underLoad(setting, async ({ broken, mended }) => {
      const before = postgres.restarts;
      const [pid] = readFileSync(join(clusterOf(setting.world), "postmaster.pid"), "utf8").split("\n");
      broken();
      process.kill(Number(pid), "SIGKILL");
      await until(() => postgres.restarts > before);
      mended();
    });
    return { load, unmet: judge(load, { failures: away, backWithin }) };
  },
};

export const postgresFailover: Fault = {
  name: "postgres-failover",
  expects:
    "on a copy taken before: sessions of before go on, later ones are over and people can sign in again",
  async run(setting) {
    const member = "ada";
    const earlier = await signIn(setting.url, member);
    const copy = await restoredCopy(setting);
    const later = await signIn(setting.url, member);
    const load = await underLoad(
      setting,
      async ({ broken, mended }) => {
        broken();
        await failOver(setting, copy);
        mended();
      },
      // Those of between are not in the copy.
      { keepsSignIns: false },
    );
    const me = async (visitor: typeof earlier) => (await visitor.get("/api/me")).status;
    return {
      load,
      unmet: [
        ...judge(load, { failures: away, backWithin }),
        ...missing({
          "the session of before the copy goes on": (await me(earlier)) === 200,
          "the session that the copy does not know is over": (await me(later)) === 401,
          "people sign in": (await me(await signIn(setting.url, member))) === 200,
        }),
      ],
    };
  },
};
