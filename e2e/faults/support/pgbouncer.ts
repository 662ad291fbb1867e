import { chownSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import postgres from "postgres";
import { roleSettings } from "../../../db/timeouts";
import { repositoryRoot } from "../../../dev/launch/paths";
import { findFreePort } from "../../../dev/launch/ports";
import type { Part } from "../../../dev/launch/supervise";
import { unprivilegedAccount } from "../../../dev/postgres/account";
import { serve } from "./programs";

interface PgBouncerOptions {
  readonly folder: string;
  /** Of the server behind it. */
  readonly databaseUrl: string;
  readonly logFile: string;
}

export interface PgBouncer {
  readonly part: Part;
  /** The same database, through the pooler. */
  readonly url: string;
}

/**
 * PgBouncer in transaction mode as `deploy/pgbouncer.ini` has it, for any database of the server. The role gets the
 * timeouts that it is deployed with.
 */
export async function startPgBouncer({ folder, databaseUrl, logFile }: PgBouncerOptions): Promise<PgBouncer> {
  const server = new URL(databaseUrl);
  const port = await findFreePort();
  const account = unprivilegedAccount();
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  const users = join(folder, "userlist.txt");
  const [user, password] = [server.username, server.password].map(decodeURIComponent);
  writeFileSync(users, `"${user!}" "${password!}"\n`, { mode: 0o600 });
  if (account) chownSync(users, account.uid, account.gid);
  const file = join(folder, "pgbouncer.ini");
  writeFileSync(file, configuration(server.port, port, users));

  const sql = postgres(databaseUrl, { max: 1 });
  await sql.unsafe(roleSettings(user!)).simple();
  await sql.end();

  const part = await serve({ name: "pgbouncer", args: [file], port, logFile, account });
  const url = new URL(databaseUrl);
  url.port = String(port);
  return { part, url: url.href };
}

/** The file that is deployed, on other ports, and open to the databases that tests make. */
function configuration(serverPort: string, port: number, users: string): string {
  return readFileSync(join(repositoryRoot, "deploy/pgbouncer.ini"), "utf8")
    .replace(/^gatehouse = .*$/m, `* = host=127.0.0.1 port=${serverPort}`)
    .replace(/^listen_addr = .*$/m, "listen_addr = localhost")
    .replace(/^listen_port = .*$/m, `listen_port = ${String(port)}`)
    .replace(/^auth_file = .*$/m, `auth_file = ${users}`);
}
