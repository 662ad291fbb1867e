import { cpSync, mkdirSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FullConfig } from "@playwright/test";
import { ensureBuild } from "../dev/app/build";
import { migrate, seed } from "../dev/app/database";
import { startApp, type App } from "../dev/app/server";
import { removeState, startWorld, type World } from "../dev/world";
import { startFront } from "./faults/support/front";
import { sharedAddress } from "./fixtures/shared-address";
import { publishWorld } from "./fixtures/world";

/**
 * Builds the application if its sources changed and starts one real world for the whole run: PostgreSQL, the identity
 * provider, the messages API, the mailbox and the production server, on free ports and with fresh data. Answers how to
 * stop it, which Playwright does on an interrupt too. With GATEHOUSE_E2E_FRONT=true, as `npm run faults -- suite` says,
 * the server is nginx, two instances and PgBouncer.
 */
export default async function globalSetup(config: FullConfig): Promise<() => Promise<void>> {
  const results = config.projects[0]?.outputDir ?? join(config.rootDir, "../test-results");
  mkdirSync(results, { recursive: true });
  await ensureBuild();

  const stateDir = mkdtempSync(join(tmpdir(), "gatehouse-e2e-"));
  let world: World | undefined;
  let app: Pick<App, "stop"> | undefined;
  let stopping: Promise<void> | undefined;
  const stop = () => (stopping ??= tearDown());

  async function tearDown(): Promise<void> {
    world?.ending();
    await app?.stop();
    await world?.stop();
    cpSync(join(stateDir, "logs"), join(results, "logs"), { recursive: true, force: true });
    await removeState(stateDir);
  }

  // Playwright itself listens to SIGINT alone.
  for (const [signal, code] of [["SIGTERM", 143] as const, ["SIGHUP", 129] as const])
    process.once(signal, () => void stop().finally(() => process.exit(code)));

  try {
    const ports = { app: 0, postgres: 0, oidc: 0, api: 0, smtp: 0, mailbox: 0 };
    world = await startWorld({ stateDir, ports, environment: {}, env: { RATE_LIMITS: sharedAddress } });
    const { env, urls } = world;
    await migrate(env);
    await seed(env, urls.issuer);
    const logFile = join(results, "app.log");
    if (process.env["GATEHOUSE_E2E_FRONT"] === "true") {
      const front = await startFront(world, logFile);
      app = { stop: () => front.close() };
      publishWorld({ urls, env: front.pooled, stateDir, appLog: logFile });
      return stop;
    }
    app = await startApp({
      port: world.ports.app,
      env,
      logFile,
      onProcess: (pid) => {
        world?.note("app", pid);
      },
    });
    publishWorld({ urls, env, stateDir, appLog: logFile });
    return stop;
  } catch (error) {
    await stop();
    throw error;
  }
}
