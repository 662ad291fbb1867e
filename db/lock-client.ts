import "server-only";
import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import type { Database } from "./client";
import { prepareStatements } from "./prepare-statements";
import * as schema from "./schema";
import { startupSettings } from "./startup-settings";
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
  const env = environment();
  return (held.gatehouseLockSql ??= postgres(env.DATABASE_URL, {
    max: env.DATABASE_LOCK_POOL_SIZE,
    prepare: env.DATABASE_PREPARE,
    connect_timeout: 5,
    backoff: () => 0.25,
    idle_timeout: 30,
    max_lifetime: 30 * 60,
    connection: startupSettings("gatehouse-locks", { ...timeouts, ...idleTimeout }),
    onnotice: () => undefined,
  }));
}

/** Ends these connections once their last query has been answered, after five seconds in any case. */
export async function closeLockDatabase(): Promise<void> {
  await held.gatehouseLockSql?.end({ timeout: 5 });
}
