import "server-only";
import { readMigrationFiles } from "drizzle-orm/migrator";
import type postgres from "postgres";

/** How many migrations of this version the database has not had. */
export async function pendingMigrations(sql: postgres.Sql): Promise<number> {
  const all = readMigrationFiles({ migrationsFolder: "db/migrations" });
  const [journal] = await sql<{ there: boolean }[]>`
    select to_regclass('drizzle.__drizzle_migrations') is not null as there`;
  if (journal?.there !== true) return all.length;
  const [last] = await sql<{ at: string | null }[]>`
    select max(created_at)::text as at from drizzle.__drizzle_migrations`;
  return all.filter(({ folderMillis }) => folderMillis > Number(last?.at ?? 0)).length;
}
