import { join } from "node:path";
import { startApp, type App } from "../../../dev/app/server";
import { findFreePort } from "../../../dev/launch/ports";
import type { Balancer } from "./balancer";

type Variables = Readonly<Record<string, string>>;

/** One process of the application. */
export interface Instance {
  readonly port: number;
  /** Its own address, past the balancer. */
  readonly url: string;
  /** The process of now; it is another one after a restart. */
  readonly app: () => App;
}

/** The application as several processes behind a balancer. */
export interface Instances {
  readonly all: readonly [Instance, Instance];
  /** What they were last started with. */
  env(): Variables;
  /**
   * Starts one after the other again with these variables changed; the other one serves meanwhile. In between both serve,
   * the first with the new variables and the second with the old ones, for as long as `whileMixed` takes.
   */
  roll(changes: Variables, whileMixed?: () => Promise<void>): Promise<void>;
  /** Everything that they have printed. */
  log(): string;
  readonly stop: () => Promise<void>;
}

/** Starts two processes of the production build behind a balancer. */
export async function startInstances(
  balancer: Balancer,
  { env: first, logFolder }: { readonly env: Variables; readonly logFolder: string },
): Promise<Instances> {
  let env = first;
  const printed: string[] = [];
  const running = new Map<number, App>();

  async function start(port: number): Promise<void> {
    const app = await startApp({
      port,
      env,
      logFile: join(logFolder, `tokens-${String(port)}.log`),
      output: (text) => printed.push(text),
    });
    running.set(port, app);
    balancer.putIn(port);
  }

  async function add(): Promise<Instance> {
    const port = await findFreePort();
    await start(port);
    return { port, url: `http://localhost:${String(port)}`, app: () => running.get(port)! };
  }

  async function restart({ port, app }: Instance): Promise<void> {
    await balancer.takeOut(port);
    await app().stop();
    await start(port);
  }

  const stop = async () => {
    await Promise.all([...running.values()].map((app) => app.stop()));
  };
  const starts = await Promise.allSettled([add(), add()]);
  const [one, other] = starts;
  if (one.status === "rejected" || other.status === "rejected") {
    await stop();
    throw new Error("an instance did not start", {
      cause: starts.find((start) => start.status === "rejected")?.reason,
    });
  }
  const all = [one.value, other.value] as const;
  return {
    all,
    env: () => env,
    async roll(changes, whileMixed = () => Promise.resolve()) {
      env = { ...env, ...changes };
      const [first, second] = all;
      await restart(first);
      await whileMixed();
      await restart(second);
    },
    log: () => printed.join(""),
    stop,
  };
}
