import "server-only";
import postgres from "postgres";
import { oneAtATime } from "./one-at-a-time";
import { startupSettings } from "./startup-settings";
import { environment } from "@/lib/env";

interface PoolOptions {
  readonly name: string;
  readonly connections: number;
  readonly idleSeconds: number;
  readonly settings: Readonly<Record<string, number>>;
}

/** A pool of connections to DATABASE_URL, directly or through a pooler as DATABASE_PREPARE says. */
export function openPool({ name, connections, idleSeconds, settings }: PoolOptions): postgres.Sql {
  const { DATABASE_URL, DATABASE_PREPARE } = environment();
  const client = postgres(DATABASE_URL, {
    max: connections,
    prepare: DATABASE_PREPARE,
    connect_timeout: 5,
    // Constant, so that the first request after an outage succeeds at once however long the outage was.
    backoff: () => 0.25,
    idle_timeout: idleSeconds,
    max_lifetime: 30 * 60,
    connection: startupSettings(name, settings),
    onnotice: () => undefined,
  });
  return DATABASE_PREPARE ? client : oneAtATime(client);
}
