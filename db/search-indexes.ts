import type postgres from "postgres";
import { searchedSubject, searchedText } from "./searched-text";

/**
 * Makes the indexes that find people by a part of their name, where the extension `pg_trgm` is there or may be made; it
 * is part of PostgreSQL and trusted, so that the owner of a database may make it. Without it a search is right, and reads
 * the whole table. Not a migration, because a database that gets the extension later needs the indexes then.
 * @returns whether they are there now.
 */
export async function makeSearchIndexes(sql: postgres.Sql): Promise<boolean> {
  try {
    await sql`create extension if not exists pg_trgm`;
  } catch {
    return false;
  }
  await sql.unsafe(
    `create index if not exists users_search_idx on users using gin ((${searchedText("users")}) gin_trgm_ops)`,
  );
  await sql.unsafe(
    `create index if not exists accounts_subject_search_idx on accounts using gin ((${searchedSubject("accounts")}) gin_trgm_ops)`,
  );
  return true;
}
