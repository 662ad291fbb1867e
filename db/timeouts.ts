/** Milliseconds after which PostgreSQL ends a statement, and the wait for a lock. */
export const timeouts = { statement_timeout: 10_000, lock_timeout: 8_000 } as const;

/** Milliseconds after which PostgreSQL ends a transaction in which nothing is asked. */
export const idleTimeout = { idle_in_transaction_session_timeout: 20_000 } as const;

/** The statements that give a role these timeouts, for a database behind a pooler in transaction mode. */
export function roleSettings(role: string): string {
  const quoted = `"${role.replaceAll('"', '""')}"`;
  return Object.entries({ ...timeouts, ...idleTimeout })
    .map(([setting, value]) => `alter role ${quoted} set ${setting} = ${String(value)};`)
    .join(" ");
}
