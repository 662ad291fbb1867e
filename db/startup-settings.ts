import "server-only";
import { environment } from "@/lib/env";

/**
 * What a connection is opened with. A pooler in transaction mode refuses settings that it cannot keep for one client
 * (PgBouncer, `ignore_startup_parameters`), so it gets none: there the database's role has them, and the doctor looks.
 */
export function startupSettings(
  name: string,
  settings: Readonly<Record<string, number>>,
): Readonly<Record<string, string | number>> {
  return { application_name: name, ...(environment().DATABASE_PREPARE && settings) };
}
