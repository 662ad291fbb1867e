import "server-only";
import { fault, ok, type Finding } from "./finding";
import { sql } from "@/db/client";
import { pendingMigrations } from "@/db/pending-migrations";

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
    ];
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const advice = "See DATABASE_URL, and that this machine reaches the server and may log in.";
    return [fault(`the database cannot be asked: ${reason}`, advice)];
  }
}
