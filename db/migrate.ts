import { drizzle } from "drizzle-orm/postgres-js";
import { migrate } from "drizzle-orm/postgres-js/migrator";
import postgres from "postgres";
import { makeSearchIndexes } from "./search-indexes";
import { scriptEnvironment } from "@/lib/env";

/** Any number; the same for every instance that migrates this database. */
const lockId = 7_164_291_033;

const sql = postgres(scriptEnvironment().DATABASE_URL, { max: 1, onnotice: () => undefined });

// A role for use behind a pooler has timeouts of its own; a migration takes as long as it takes.
await sql`select set_config(name, '0', false) from unnest(array['statement_timeout', 'lock_timeout']) as name`;
// Held by the one connection: instances that start together wait for the first, then find nothing left to do.
await sql`select pg_advisory_lock(${lockId})`;
try {
  await migrate(drizzle(sql), { migrationsFolder: "db/migrations" });
  if (!(await makeSearchIndexes(sql)))
    console.warn(
      "The extension pg_trgm is not there: a search for people reads the whole table. See docs/administration.md.",
    );
} finally {
  await sql`select pg_advisory_unlock(${lockId})`;
  await sql.end();
}
console.log("The database is up to date.");
