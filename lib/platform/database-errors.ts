/** Of the system and of the driver. */
const unavailableCodes = new Set([
  "EAI_AGAIN",
  "ECONNREFUSED",
  "ECONNRESET",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "EPIPE",
  "ETIMEDOUT",
  "CONNECT_TIMEOUT",
  "CONNECTION_CLOSED",
  "CONNECTION_ENDED",
  "CONNECTION_DESTROYED",
]);

/** SQLSTATEs (PostgreSQL documentation, appendix A). */
const unavailableStates = [
  /^08/, // connection_exception; what PgBouncer says of everything that keeps it from asking
  /^25006$/, // read_only_sql_transaction: a server that is not the first one, or no longer
  /^25P03$/, // idle_in_transaction_session_timeout
  /^53/, // insufficient_resources: connections, memory, disk
  /^55P03$/, // lock_not_available: lock_timeout ran out
  /^57014$/, // query_canceled: statement_timeout ran out
  /^57P0/, // operator_intervention: shutdown, crash, not yet taking connections
  /^58/, // system_error
];

/** True when the database could not be asked, as opposed to having refused. */
export function isDatabaseUnavailable(error: unknown): boolean {
  return chain(error)
    .map(codeOf)
    .some((code) => unavailableCodes.has(code) || unavailableStates.some((state) => state.test(code)));
}

/** True when a unique constraint or index of one of these names refused the row. */
export function isUniqueViolation(error: unknown, ...names: string[]): boolean {
  return chain(error).some(
    (link) =>
      codeOf(link) === "23505" &&
      names.includes(String((link as { constraint_name?: unknown }).constraint_name)),
  );
}

function codeOf(error: object): string {
  return "code" in error && typeof error.code === "string" ? error.code : "";
}

function chain(error: unknown): object[] {
  const links: object[] = [];
  for (
    let link = error;
    typeof link === "object" && link !== null && links.length < 6;
    link = (link as Error).cause
  )
    links.push(link);
  return links;
}
