import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { commandLine } from "../launch/identity";
import { PlainError } from "../launch/plain-error";
import { isPortFree } from "../launch/ports";
import type { Binaries } from "./binaries";
import { accepts, ensureDatabase, type Connection } from "./connection";
import type { Location } from "./location";
import { clusterFolder, initialise, serverLog, start, stop, trimLog } from "./tools";

/** A running cluster. */
export interface Cluster {
  /** The server's main process. */
  readonly pid: number;
  /** True when it ran already, left by a launcher that was killed. */
  readonly reused: boolean;
  /** Fast shutdown: open transactions are rolled back, nothing is lost that was committed. */
  stop(): Promise<void>;
}

/**
 * Starts the cluster, or takes over the one that already runs, and makes sure that the database exists. Recovers after
 * kill -9 of the server, of the launcher, or of both. Throws EADDRINUSE when a stranger holds the port.
 */
export async function startCluster(
  location: Location,
  binaries: Binaries,
  connection: Connection,
): Promise<Cluster> {
  await initialise(location, binaries, connection);
  const before = runningServer(location);
  const reused = before?.port === connection.port && (await accepts(connection));
  if (before && !reused) await stop(location, binaries);
  if (!reused) await startServer(location, binaries, connection);
  await ensureDatabase(connection);
  const server = runningServer(location);
  if (!server) throw new PlainError(`PostgreSQL ended right after its start; see ${serverLog(location)}.`);
  return {
    pid: server.pid,
    reused,
    stop: async () => {
      await stop(location, binaries);
    },
  };
}

async function startServer(location: Location, binaries: Binaries, connection: Connection): Promise<void> {
  trimLog(location);
  const deadline = Date.now() + 20_000;
  for (;;) {
    if (!(await isPortFree(connection.port)))
      throw Object.assign(new Error(`listen EADDRINUSE: port ${String(connection.port)}`), {
        code: "EADDRINUSE",
      });
    const failure = await start(location, binaries, connection.port);
    // The exit code alone is not to be trusted within a second of a kill.
    if (await accepts(connection)) return;
    if (Date.now() > deadline)
      throw new PlainError(
        `PostgreSQL did not start: ${failure || "no connection"}. See ${serverLog(location)}.`,
      );
    await sleep(250);
  }
}

/** The living server that `postmaster.pid` names, if it really is one of this folder. */
function runningServer(location: Location): { pid: number; port: number } | undefined {
  const folder = clusterFolder(location);
  let lines: string[];
  try {
    lines = readFileSync(join(folder, "postmaster.pid"), "utf8").split("\n");
  } catch {
    return undefined;
  }
  const pid = Number(lines[0]);
  if (!(pid > 0) || !commandLine(pid).includes(folder)) return undefined;
  return { pid, port: Number(lines[3]) };
}
