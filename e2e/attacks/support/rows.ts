import { randomBytes } from "node:crypto";
import postgres from "postgres";
import { createDatabase } from "../../../dev/postgres/connection";
import type { RunningWorld } from "../../fixtures/world";

/** How many rows a sign-in could have made. */
export interface Counts {
  readonly users: number;
  readonly accounts: number;
  readonly sessions: number;
  readonly tokens: number;
}

export type Rows = ReturnType<typeof openRows>;

interface OwnDatabase {
  /** For an application: through the pooler, when the world has one. */
  readonly url: string;
  /** For migrations: the server itself. */
  readonly serverUrl: string;
  readonly rows: Rows;
  readonly drop: () => Promise<void>;
}

/** An empty database beside the world's, named after what it is for. */
export async function ownDatabase({ urls, env }: RunningWorld, purpose: string): Promise<OwnDatabase> {
  const made = await createDatabase(urls.database, `${purpose}_${randomBytes(6).toString("hex")}`);
  const rows = openRows(made.url);
  const url = new URL(made.url);
  url.port = new URL(env["DATABASE_URL"]!).port;
  return {
    url: url.href,
    serverUrl: made.url,
    rows,
    drop: async () => {
      await rows.close();
      await made.drop();
    },
  };
}

/** Looks into the application's database, past the application. */
function openRows(databaseUrl: string) {
  const sql = postgres(databaseUrl, { max: 2, onnotice: () => undefined });
  return {
    sql,
    async counts(): Promise<Counts> {
      const [row] = await sql<Counts[]>`
        select (select count(*)::int from users) as users, (select count(*)::int from accounts) as accounts,
          (select count(*)::int from sessions) as sessions, (select count(*)::int from provider_tokens) as tokens`;
      return row!;
    },
    close: () => sql.end({ timeout: 1 }),
  };
}
