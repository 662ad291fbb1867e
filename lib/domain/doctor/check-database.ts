import "server-only";
import { fault, note, ok, type Finding } from "./finding";
import { sql } from "@/db/client";
import { pendingMigrations } from "@/db/pending-migrations";
import { roleSettings } from "@/db/timeouts";

const oldestVersion = 150_000;

/** Whether the database answers, is new enough and has had every migration. */
export async function checkDatabase(): Promise<readonly Finding[]> {
  try {
    const [server] = await sql()<{ number: number; version: string }[]>`
      select current_setting('server_version_num')::int as number, current_setting('server_version') as version`;
    if (server === undefined || server.number < oldestVersion)
      return [fault(`PostgreSQL ${server?.version ?? ""}`, "Use PostgreSQL 15 or later.")];
    const pending = await pendingMigrations(sql());
    return [
      ok(`PostgreSQL ${server.version} answers`),
      pending === 0
        ? ok("every migration is there")
        : fault(`${String(pending)} migration(s) are missing`, "Run: npm run db:migrate"),
      await checkSearch(),
      await checkTimeouts(),
    ];
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const advice = "See DATABASE_URL, and that this machine reaches the server and may log in.";
    return [fault(`the database cannot be asked: ${reason}`, advice)];
  }
}

/** Whether people are found by indexes. */
async function checkSearch(): Promise<Finding> {
  const [row] = await sql()<
    { there: boolean }[]
  >`select to_regclass('users_search_idx') is not null as there`;
  return row?.there === true
    ? ok("people are searched by index (pg_trgm)")
    : note(
        "the extension pg_trgm or its indexes are missing: a search for people reads the whole table",
        "Run as somebody who may: create extension pg_trgm; then: npm run db:migrate",
      );
}

/** Whether PostgreSQL ends what takes too long; behind a pooler its role says so. */
async function checkTimeouts(): Promise<Finding> {
  const [row] = await sql()<{ role: string; bounded: boolean }[]>`
    select current_user as role, '0' <> all (array[current_setting('statement_timeout'), current_setting('lock_timeout')])
      as bounded`;
  return row?.bounded === true
    ? ok("statements and locks have timeouts")
    : note(
        "a statement may take for ever, and so may the wait for a lock",
        `Run: ${roleSettings(row?.role ?? "")}`,
      );
}
