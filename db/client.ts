import "server-only";
import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import type postgres from "postgres";
import { environment } from "@/lib/env";
import { openPool } from "./open-pool";
import { prepareStatements } from "./prepare-statements";
import * as schema from "./schema";
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
  return (held.gatehouseSql ??= openPool({
    name: "gatehouse",
    connections: environment().DATABASE_POOL_SIZE,
    idleSeconds: 60,
    settings: timeouts,
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
