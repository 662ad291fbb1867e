import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { liveSessions } from "./count-sessions";
import { periodOf } from "./period";
import { chainedTail, rolledUp, unchainedTail } from "./read-figures";
import { rollUpStatement } from "./roll-up-events";
import { seedPeople } from "@/bench/seed/people";
import { seedSessions } from "@/bench/seed/sessions";
import { sql as connection, database } from "@/db/client";

const chainedRows = 60_000;

beforeAll(async () => {
  const db = connection();
  await db`truncate audit_events, audit_chain, audit_seals, hourly_figures, figure_progress restart identity`;
  await db`truncate sessions cascade`;
  await db`
    insert into audit_events (at, event, request_id, details)
    select now() - n * interval '1 minute', 'authn_login_success', 'seeded', '{"method": "password"}'
    from generate_series(1, ${chainedRows + 100}::int) n`;
  await db`insert into audit_chain (position, event_id, hash) select n, n, '' from generate_series(1, ${chainedRows}::int) n`;
  await db`
    insert into hourly_figures (hour, event, method, outcome, count)
    select date_trunc('hour', now(), 'UTC') - h * interval '1 hour', 'event' || e, 'password', '', 1
    from generate_series(0, 9599) h, generate_series(1, 15) e`;
  await seedPeople(db, 500);
  await seedSessions(db, 50_000, 500);
  // Index-only scans need what vacuum knows.
  await db`vacuum analyze`;
});

afterAll(async () => {
  await connection()`truncate audit_events, audit_chain, audit_seals, hourly_figures, figure_progress restart identity`;
  await connection()`truncate sessions cascade`;
  await connection()`delete from users where id::text like '00000000-0000-4000-8000-%'`;
  await connection().end();
});

const statements = {
  "the figures of a day": () => rolledUp(periodOf("day", new Date())),
  "the figures of a month": () => rolledUp(periodOf("month", new Date())),
  "chained rows that are not rolled up": () => chainedTail(String(chainedRows - 500)),
  "rows without a link": () => unchainedTail(String(chainedRows - 50)),
  "a batch to roll up": () => rollUpStatement(String(chainedRows - 5_000)),
  "live sessions": () => liveSessions,
};

it.each(Object.entries(statements))("%s are read by an index", async (_, statement) => {
  const plan = await database().execute(sql`explain ${statement()}`);
  const lines = plan.map((row) => String(row["QUERY PLAN"])).join("\n");
  expect(lines).toMatch(/Index (Only )?Scan/);
  expect(lines).not.toContain("Seq Scan");
});

it("counts live sessions without reading their rows", async () => {
  const plan = await database().execute(sql`explain ${liveSessions}`);
  expect(plan.map((row) => String(row["QUERY PLAN"])).join("\n")).toContain(
    "Index Only Scan using sessions_user_id_live_idx",
  );
});
