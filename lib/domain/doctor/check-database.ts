import "server-only";
import { judgeClock } from "./check-clock";
import { count, failed, ok, warning } from "./finding";
import { sql } from "@/db/client";
import { pendingMigrations } from "@/db/pending-migrations";
import { roleSettings } from "@/db/timeouts";
import { environment } from "@/lib/env";
import type { Finding } from "@/lib/shared/diagnosis";

const oldestVersion = 150_000;
/** Of the connections that the server takes. */
const crowdedShare = 0.85;

/** Whether the database answers, is new enough, has had every migration, keeps time and has room. */
export async function checkDatabase(): Promise<readonly Finding[]> {
  try {
    return [
      await checkServer(),
      judgeMigrations(await pendingMigrations(sql())),
      await checkSearch(),
      await checkTimeouts(),
      await checkClock(),
      await checkConnections(),
    ];
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? String(error.code) : "no connection";
    const fix = "See DATABASE_URL, and that this machine reaches the server and may log in.";
    return [failed("answers", `the database cannot be asked: ${reason}`, fix)];
  }
}

async function checkServer(): Promise<Finding> {
  const [server] = await sql()<{ number: number; version: string }[]>`
    select current_setting('server_version_num')::int as number, current_setting('server_version') as version`;
  return judgeVersion(server ?? { number: 0, version: "" });
}

export function judgeVersion({ number, version }: { number: number; version: string }): Finding {
  return number < oldestVersion
    ? failed("answers", `PostgreSQL ${version}`, "Use PostgreSQL 15 or later.")
    : ok("answers", `PostgreSQL ${version} answers`);
}

export function judgeMigrations(pending: number): Finding {
  return pending === 0
    ? ok("migrations", "every migration is there")
    : failed(
        "migrations",
        `${count(pending, "migration is", "migrations are")} missing`,
        "Run: `npm run db:migrate`",
      );
}

/** Whether people are found by indexes. */
async function checkSearch(): Promise<Finding> {
  const [row] = await sql()<
    { there: boolean }[]
  >`select to_regclass('users_search_idx') is not null as there`;
  return row?.there === true
    ? ok("search", "people are searched by index (pg_trgm)")
    : warning(
        "search",
        "the extension pg_trgm or its indexes are missing: a search for people reads the whole table",
        "Run as somebody who may: `create extension pg_trgm`; then: `npm run db:migrate`",
      );
}

/** Whether PostgreSQL ends what takes too long; behind a pooler its role says so. */
async function checkTimeouts(): Promise<Finding> {
  const [row] = await sql()<{ role: string; bounded: boolean }[]>`
    select current_user as role, '0' <> all (array[current_setting('statement_timeout'), current_setting('lock_timeout')])
      as bounded`;
  return judgeTimeouts(row ?? { role: "", bounded: false });
}

export function judgeTimeouts({ role, bounded }: { role: string; bounded: boolean }): Finding {
  return bounded
    ? ok("timeouts", "statements and locks have timeouts")
    : warning(
        "timeouts",
        "a statement may take for ever, and so may the wait for a lock",
        `Run: ${roleSettings(role)}`,
      );
}

async function checkClock(): Promise<Finding> {
  const before = Date.now();
  const [row] = await sql()<
    { at: number }[]
  >`select extract(epoch from clock_timestamp())::float8 * 1000 as at`;
  return judgeClock("the database's", ((row?.at ?? 0) - (before + Date.now()) / 2) / 1000);
}

async function checkConnections(): Promise<Finding> {
  const [row] = await sql()<{ ours: number; busy: number; all: number; most: number }[]>`
    select count(*) filter (where application_name in ('gatehouse', 'gatehouse-locks'))::int as ours,
      count(*) filter (where application_name in ('gatehouse', 'gatehouse-locks') and state <> 'idle')::int as busy,
      count(*)::int as all, current_setting('max_connections')::int as most
    from pg_stat_activity where backend_type = 'client backend'`;
  const { DATABASE_POOL_SIZE, DATABASE_LOCK_POOL_SIZE } = environment();
  return judgeConnections({
    ...(row ?? { ours: 0, busy: 0, all: 0, most: 0 }),
    size: DATABASE_POOL_SIZE + DATABASE_LOCK_POOL_SIZE,
  });
}

interface Connections {
  /** Of this application, all instances together, and how many of those work at this moment. */
  readonly ours: number;
  readonly busy: number;
  /** Of everybody, and how many the server takes. */
  readonly all: number;
  readonly most: number;
  /** How many this process may open. */
  readonly size: number;
}

export function judgeConnections({ ours, busy, all, most, size }: Connections): Finding {
  const text = `${count(ours, "connection")} of this application, ${String(busy)} busy; this process opens up to ${String(size)}; ${String(all)} of the server's ${String(most)} are taken`;
  return size > most || all > most * crowdedShare
    ? warning(
        "pool",
        text,
        "Make DATABASE_POOL_SIZE smaller, put a pooler such as PgBouncer before the server, or raise its max_connections.",
      )
    : ok("pool", text);
}
