import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { ensureBuild } from "./app/build";
import { migrate, seed } from "./app/database";
import { startApp, type App } from "./app/server";
import { processEnvironment } from "./launch/environment";
import { describe, PlainError } from "./launch/plain-error";
import { progressTo } from "./launch/progress";
import { summary } from "./summary";
import { removeState, startWorld, stateDirOf, type World } from "./world";

const progress = progressTo(process.stdout);
let world: World | undefined;
let app: App | undefined;
let ending: Promise<never> | undefined;
let worldReady: Promise<unknown> = Promise.resolve();

/** Stops what was started, the application first, and ends the process. A second interrupt does not wait. */
function end(code: number): Promise<never> {
  ending ??= (async () => {
    try {
      world?.ending();
      await app?.stop();
      await world?.stop();
    } catch (error) {
      console.error(describe(error));
      code = 1;
    }
    process.exit(code);
  })();
  return ending;
}

function watchSignals(): void {
  let interrupted = false;
  const watched = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;
  for (const [signal, code] of Object.entries(watched)) {
    process.on(signal, () => {
      if (interrupted) process.exit(code);
      interrupted = true;
      console.log("\nStopping.");
      // Parts that are half started end by themselves when this process does; a second is enough for the usual case.
      void Promise.race([worldReady, sleep(5_000)]).then(() => end(signal === "SIGINT" ? 0 : code));
    });
  }
  // A closed terminal or pipe must not keep the rest from being stopped.
  process.stdout.on("error", () => undefined);
  process.stderr.on("error", () => undefined);
}

async function start(): Promise<void> {
  const { values } = parseArgs({
    options: { hot: { type: "boolean", default: false }, reset: { type: "boolean", default: false } },
  });
  const environment = processEnvironment();
  const log = (line: string) => {
    console.log(line);
  };
  if (values.reset) await progress("Removing the old state", () => removeState(stateDirOf(environment)));
  const building = values.hot ? Promise.resolve() : progress("Building the application", ensureBuild);
  building.catch(() => undefined);

  const opening = progress("Starting PostgreSQL, provider, API and mailbox", () =>
    startWorld({ environment, log }),
  );
  worldReady = opening.then(
    (opened) => (world = opened),
    () => undefined,
  );
  world = await opening;
  const { env, parts, ports, stateDir, note } = world;
  await progress("Migrating the database", () => migrate(env));
  await progress("Putting the demo people in", () => seed(env, parts.oidc && env["OIDC_ISSUER"]));
  await building;
  app = await progress("Starting the application", () =>
    startApp({
      port: ports.app,
      env: { ...environment, ...env },
      hot: values.hot,
      logFile: join(stateDir, "logs/app.log"),
      log,
      // In production its log is in the file that the block names; who works on it wants to see it.
      ...(values.hot && { output: (text: string) => process.stdout.write(text) }),
      onProcess: (pid) => {
        note("app", pid);
      },
      onGiveUp: () => void end(1),
    }),
  );
  if (!ending) console.log(summary(world, values.hot));
}

watchSignals();
await start().catch(async (error: unknown) => {
  if (!ending) console.error(error instanceof PlainError ? `\n${error.message}` : describe(error));
  await end(1);
});
