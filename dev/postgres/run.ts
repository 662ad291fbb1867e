import { isRunning } from "../launch/identity";
import { servePart } from "../launch/part-process";
import { unprivilegedAccount } from "./account";
import { findBinaries } from "./binaries";
import { startCluster } from "./cluster";
import type { Connection } from "./connection";
import { locateCluster } from "./location";

/** What the PostgreSQL part needs to know. */
export interface PostgresSettings extends Connection {
  readonly stateDir: string;
  readonly stateId: string;
}

const pollMs = 300;

servePart(async (settings: PostgresSettings) => {
  const location = locateCluster(settings.stateDir, settings.stateId);
  const binaries = findBinaries(unprivilegedAccount(), location.base);
  const cluster = await startCluster(location, binaries, settings);
  console.log(
    `PostgreSQL ${String(binaries.major)} runs as process ${String(cluster.pid)}${cluster.reused ? ", found running" : ""}.`,
  );
  const watch = setInterval(() => {
    if (isRunning(cluster.pid)) return;
    // The supervisor starts this process again, and that recovers the cluster.
    console.error(`The server process ${String(cluster.pid)} is gone.`);
    process.exit(1);
  }, pollMs);
  return {
    close: async () => {
      clearInterval(watch);
      await cluster.stop();
    },
  };
});
