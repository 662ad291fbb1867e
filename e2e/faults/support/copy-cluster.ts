import { chownSync, existsSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import postgres from "postgres";
import { runCommand } from "../../../dev/launch/command";
import { loadSecrets } from "../../../dev/launch/secrets";
import { locateCluster } from "../../../dev/postgres/location";
import { clusterFolder } from "../../../dev/postgres/tools";
import type { World } from "../../../dev/world";
import type { Setting } from "./setting";

/** Folder of the world's PostgreSQL cluster. */
export function clusterOf({ stateDir }: World): string {
  return clusterFolder(locateCluster(stateDir, loadSecrets(stateDir).stateId));
}

/**
 * Takes a base backup while the server runs (PostgreSQL documentation, "Making a Base Backup Using the Low Level API").
 * @returns its folder
 */
export async function restoredCopy({ world }: Setting): Promise<string> {
  const cluster = clusterOf(world);
  const copy = `${cluster}.copy`;
  rmSync(copy, { recursive: true, force: true });
  const sql = postgres(world.urls.database, { max: 1, onnotice: () => undefined });
  try {
    await sql`select pg_backup_start('fault', true)`;
    await copyFolder(cluster, copy);
    const [stop] = await sql<{ labelfile: string }[]>`select labelfile from pg_backup_stop(false)`;
    const label = join(copy, "backup_label");
    writeFileSync(label, stop?.labelfile ?? "");
    const { uid, gid } = statSync(cluster);
    chownSync(label, uid, gid);
  } finally {
    await sql.end({ timeout: 1 });
  }
  // The log up to the end of the backup; what the server wrote meanwhile is in it.
  rmSync(join(copy, "pg_wal"), { recursive: true });
  await copyFolder(join(cluster, "pg_wal"), join(copy, "pg_wal"));
  for (const name of ["postmaster.pid", "postmaster.opts"]) rmSync(join(copy, name), { force: true });
  return copy;
}

/** The server is lost; the copy is started in its place, as when its address moves to another machine. */
export async function failOver({ world }: Setting, copy: string): Promise<void> {
  const cluster = clusterOf(world);
  const server = world.parts.postgres!;
  await server.stop();
  renameSync(cluster, `${cluster}.lost`);
  renameSync(copy, cluster);
  await server.start();
  rmSync(`${cluster}.lost`, { recursive: true, force: true });
}

async function copyFolder(from: string, to: string): Promise<void> {
  const { ok, output } = await runCommand("cp", ["-a", from, to], process.env);
  // Files that the server removes meanwhile are none of the backup's.
  const others = output.split("\n").filter((line) => line !== "" && !line.includes("No such file"));
  if (!ok && (others.length > 0 || !existsSync(to))) throw new Error(`The copy failed: ${output}`);
}
