import postgres from "postgres";

/** How the development database is reached. */
export interface Connection {
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

/** The connection string of one database of the cluster. */
export function connectionUrl(connection: Connection, database = connection.database): string {
  return `postgres://${connection.user}:${encodeURIComponent(connection.password)}@localhost:${String(connection.port)}/${database}`;
}

/** True when the server behind the port takes our password, which nobody else's does. */
export async function accepts(connection: Connection): Promise<boolean> {
  try {
    await withClient(connectionUrl(connection, "postgres"), (sql) => sql`select 1`);
    return true;
  } catch {
    return false;
  }
}

/** Creates the application's database unless it is there. */
export async function ensureDatabase(connection: Connection): Promise<void> {
  await withClient(connectionUrl(connection, "postgres"), async (sql) => {
    const found = await sql`select 1 from pg_database where datname = ${connection.database}`;
    if (found.length === 0) await sql`create database ${sql(connection.database)}`;
  });
}

/**
 * Creates an empty database beside the one that the URL names, for tests that must not meet each other.
 * `drop` ends its connections and removes it.
 */
export async function createDatabase(
  serverUrl: string,
  name: string,
): Promise<{ url: string; drop(): Promise<void> }> {
  const url = new URL(serverUrl);
  await withClient(serverUrl, (sql) => sql`create database ${sql(name)}`);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    drop: async () => {
      await withClient(serverUrl, (sql) => sql`drop database if exists ${sql(name)} with (force)`);
    },
  };
}

async function withClient<T>(url: string, work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(url, { max: 1, connect_timeout: 3, onnotice: () => undefined });
  try {
    return await work(sql);
  } finally {
    await sql.end({ timeout: 1 });
  }
}
