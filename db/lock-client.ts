import "server-only";
import { drizzle } from "drizzle-orm/postgres-js";
import type postgres from "postgres";
import type { Database } from "./client";
import { openPool } from "./open-pool";
import { prepareStatements } from "./prepare-statements";
import * as schema from "./schema";
import { idleTimeout, timeouts } from "./timeouts";
import { environment } from "@/lib/env";

const held = globalThis as { gatehouseLockSql?: postgres.Sql; gatehouseLockDatabase?: Database };

/**
 * A few connections of their own for transactions that stay open while another server is asked. However slow that server
 * is, the pages keep their pool. `lock_timeout` is above the outbound deadline, so that whoever waits sees the outcome; a
 * holder that hangs loses its lock after `idle_in_transaction_session_timeout`.
 */
export function lockDatabase(): Database {
  return (held.gatehouseLockDatabase ??= drizzle(prepareStatements(lockSql()), { schema }));
}

function lockSql(): postgres.Sql {
  return (held.gatehouseLockSql ??= openPool({
    name: "gatehouse-locks",
    connections: environment().DATABASE_LOCK_POOL_SIZE,
    idleSeconds: 30,
    settings: { ...timeouts, ...idleTimeout },
  }));
}

/** Ends these connections once their last query has been answered, after five seconds in any case. */
export async function closeLockDatabase(): Promise<void> {
  await held.gatehouseLockSql?.end({ timeout: 5 });
}
