import "server-only";
import { readMigrationFiles } from "drizzle-orm/migrator";
import type postgres from "postgres";

let known: readonly number[] | undefined;

/** How many migrations of this version the database has not had. */
export async function pendingMigrations(sql: postgres.Sql): Promise<number> {
  known ??= readMigrationFiles({ migrationsFolder: "db/migrations" }).map(({ folderMillis }) => folderMillis);
  const [journal] = await sql<{ there: boolean }[]>`
    select to_regclass('drizzle.__drizzle_migrations') is not null as there`;
  if (journal?.there !== true) return known.length;
  const [last] = await sql<{ at: string | null }[]>`
    select max(created_at)::text as at from drizzle.__drizzle_migrations`;
  return known.filter((at) => at > Number(last?.at ?? 0)).length;
}
