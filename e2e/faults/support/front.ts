import { join } from "node:path";
import { startApp, type App } from "../../../dev/app/server";
import { findFreePort } from "../../../dev/launch/ports";
import type { Part } from "../../../dev/launch/supervise";
import type { World } from "../../../dev/world";
import { startTogether, type OnClose } from "../../fixtures/start-together";
import { startNginx } from "./nginx";
import { startPgBouncer } from "./pgbouncer";

type Variables = Readonly<Record<string, string>>;

/** One process of the application, past the proxy. */
export interface FrontInstance {
  readonly url: string;
  readonly app: () => App;
  /** Ends the process and starts it with these variables and arguments for Node besides. */
  restart(changes?: Variables, nodeArguments?: readonly string[]): Promise<void>;
}

/** The application as it is deployed: nginx, two instances, PgBouncer. */
export interface Front {
  /** What both instances were started with. */
  readonly env: Variables;
  /** The world's variables with the pooler's, for an application that no proxy is before. */
  readonly pooled: Variables;
  readonly instances: readonly [FrontInstance, FrontInstance];
  readonly nginx: Part;
  readonly pgbouncer: Part;
  close(): Promise<void>;
}

/** Serves the world's address by nginx, two instances, and its database through PgBouncer in transaction mode. */
export async function startFront(world: World, logFile: string, more: Variables = {}): Promise<Front> {
  return startTogether(async (onClose) => {
    const pooler = await startPgBouncer({
      folder: join(world.stateDir, "pgbouncer"),
      databaseUrl: world.urls.database,
      logFile: join(world.stateDir, "logs/pgbouncer.log"),
    });
    onClose(() => pooler.part.stop());
    const pooled = { ...world.env, DATABASE_URL: pooler.url, DATABASE_PREPARE: "false" };
    const env = {
      ...pooled,
      TRUSTED_PROXY_HOPS: "1",
      ...{ NEXT_MANUAL_SIG_HANDLE: "true", SHUTDOWN_DELAY_SECONDS: "2" },
      ...more,
    };
    const ports = [await findFreePort(), await findFreePort()] as const;
    const instances = [
      await startInstance(world, ports[0], env, logFile, onClose),
      await startInstance(world, ports[1], env, logFile, onClose),
    ] as const;
    const nginx = await startNginx({
      folder: join(world.stateDir, "nginx"),
      port: world.ports.app,
      instances: ports,
      logFile: join(world.stateDir, "logs/nginx.log"),
    });
    onClose(() => nginx.stop());
    return { env, pooled, instances, nginx, pgbouncer: pooler.part };
  });
}

async function startInstance(
  world: World,
  port: number,
  env: Variables,
  logFile: string,
  onClose: OnClose,
): Promise<FrontInstance> {
  const start = (changes: Variables, nodeArguments: readonly string[]) =>
    startApp({
      port,
      env: { ...env, ...changes },
      logFile,
      nodeArguments,
      onProcess: (pid) => {
        world.note(`app ${String(port)}`, pid);
      },
    });
  let app = await start({}, []);
  onClose(() => app.stop());
  return {
    url: `http://localhost:${String(port)}`,
    app: () => app,
    async restart(changes = {}, nodeArguments = []) {
      await app.stop();
      app = await start(changes, nodeArguments);
    },
  };
}
