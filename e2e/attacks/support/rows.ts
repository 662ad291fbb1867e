import postgres from "postgres";

/** How many rows a sign-in could have made. */
export interface Counts {
  readonly users: number;
  readonly accounts: number;
  readonly sessions: number;
  readonly tokens: number;
}

export type Rows = ReturnType<typeof openRows>;

/** Looks into the application's database, past the application. */
export function openRows(databaseUrl: string) {
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
