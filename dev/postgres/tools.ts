import { spawn } from "node:child_process";
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { minimalEnvironment } from "../launch/minimal-environment";
import { PlainError } from "../launch/plain-error";
import type { Binaries } from "./binaries";
import type { Connection } from "./connection";
import type { Location } from "./location";

/** The cluster's own folder, PGDATA. */
export function clusterFolder(location: Location): string {
  return join(location.data, "cluster");
}

/** The server's log. */
export function serverLog(location: Location): string {
  return join(location.data, "server.log");
}

/**
 * Makes the cluster on the first start. It is made beside its place and moved there when complete, so that a kill in
 * the middle leaves nothing half-made. Throws a PlainError when the data is of another major version.
 */
export async function initialise(
  location: Location,
  binaries: Binaries,
  connection: Connection,
): Promise<void> {
  const folder = clusterFolder(location);
  if (existsSync(folder)) {
    const major = Number(readFileSync(join(folder, "PG_VERSION"), "utf8"));
    if (major === binaries.major) return;
    throw new PlainError(
      `The development database was made by PostgreSQL ${String(major)} and ${String(binaries.major)} is installed: start clean with npm run demo -- --reset.`,
    );
  }
  const draft = `${folder}.new`;
  rmSync(draft, { recursive: true, force: true });
  const passwordFile = join(location.data, "password");
  writeFileSync(passwordFile, connection.password, { mode: 0o600 });
  if (location.account) chownSync(passwordFile, location.account.uid, location.account.gid);
  try {
    const locale = binaries.major >= 17 ? ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"] : [];
    const failure = await run(location, binaries.initdb, [
      ...["-D", draft, "-U", connection.user, "--pwfile", passwordFile, "--auth=scram-sha-256"],
      ...["--encoding=UTF8", "--locale=C", ...locale, "--no-sync", "--no-instructions"],
    ]);
    if (failure) throw new PlainError(`PostgreSQL could not make its data folder: ${failure}`);
  } finally {
    rmSync(passwordFile, { force: true });
  }
  renameSync(draft, folder);
}

/** Starts the server and waits until it takes connections. Gives the reason when it does not. */
export function start(location: Location, binaries: Binaries, port: number): Promise<string> {
  const settings = {
    listen_addresses: "localhost",
    port,
    max_connections: 100,
    unix_socket_directories: "",
    log_min_messages: "warning",
  };
  const options = Object.entries(settings).map(([name, value]) => `-c ${name}='${String(value)}'`);
  return run(location, binaries.pgCtl, [
    ...["start", "-s", "-w", "-t", "20", "-D", clusterFolder(location), "-l", serverLog(location)],
    ...["-o", options.join(" ")],
  ]);
}

/** Fast shutdown; waits until the server is gone. */
export function stop(location: Location, binaries: Binaries): Promise<string> {
  return run(location, binaries.pgCtl, [
    "stop",
    "-s",
    "-w",
    "-t",
    "15",
    "-m",
    "fast",
    "-D",
    clusterFolder(location),
  ]);
}

/** Starts the last lines of the log anew when it has grown beyond 5 MB. */
export function trimLog(location: Location): void {
  const file = serverLog(location);
  if (existsSync(file) && readFileSync(file).length > 5_000_000) rmSync(file);
}

async function run(location: Location, program: string, args: readonly string[]): Promise<string> {
  mkdirSync(location.data, { recursive: true });
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      ...location.account,
      cwd: location.data,
      env: { ...minimalEnvironment(), TZ: "UTC", LC_ALL: "C" },
      stdio: ["ignore", "ignore", "pipe"],
    });
    let output = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => (output += text));
    child.once("error", reject);
    child.once("exit", (code) => {
      resolve(code === 0 ? "" : output.trim() || `${program} ended with code ${String(code ?? "unknown")}`);
    });
  });
}
