import "server-only";
import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { environment } from "@/lib/env";
import { prepareStatements } from "./prepare-statements";
import * as schema from "./schema";
import { startupSettings } from "./startup-settings";
import { timeouts } from "./timeouts";

export type Database = PostgresJsDatabase<typeof schema>;
/** A transaction, or the database itself where one statement is enough. */
export type Connection = Pick<
  Database,
  "select" | "insert" | "update" | "delete" | "execute" | "transaction"
>;

const held = globalThis as { gatehouseSql?: postgres.Sql; gatehouseDatabase?: Database };

/** The connection pool; one for the process, kept across hot reloads. */
export function sql(): postgres.Sql {
  const env = environment();
  return (held.gatehouseSql ??= postgres(env.DATABASE_URL, {
    max: env.DATABASE_POOL_SIZE,
    prepare: env.DATABASE_PREPARE,
    connect_timeout: 5,
    // Constant, so that the first request after an outage succeeds at once however long the outage was.
    backoff: () => 0.25,
    idle_timeout: 60,
    max_lifetime: 30 * 60,
    connection: startupSettings("gatehouse", timeouts),
    onnotice: () => undefined,
  }));
}

/** Drizzle over the pool of {@link sql}. */
export function database(): Database {
  return (held.gatehouseDatabase ??= drizzle(prepareStatements(sql()), { schema }));
}

/** Ends the pool once its last query has been answered, after five seconds in any case. */
export async function closeDatabase(): Promise<void> {
  await held.gatehouseSql?.end({ timeout: 5 });
}
