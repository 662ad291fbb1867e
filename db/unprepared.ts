import "server-only";
import type { SQL } from "drizzle-orm";
import { PgDialect } from "drizzle-orm/pg-core";
import { sql } from "./client";

const dialect = new PgDialect();

/**
 * Runs a statement that the database plans anew for these very values. For searches, whose best plan depends on what is
 * looked for: a prepared statement would keep a plan for anything.
 */
export async function unprepared<Row>(statement: SQL): Promise<readonly Row[]> {
  const { sql: text, params } = dialect.sqlToQuery(statement);
  return await sql().unsafe<Row[] & readonly object[]>(text, params as string[], { prepare: false });
}
