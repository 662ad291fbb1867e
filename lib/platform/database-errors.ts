const unavailableCodes = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "ENOTFOUND",
  "EPIPE",
  "ETIMEDOUT",
  "CONNECT_TIMEOUT",
  "CONNECTION_CLOSED",
  "CONNECTION_ENDED",
  "CONNECTION_DESTROYED",
  "53300", // too_many_connections
  "55P03", // lock_not_available: lock_timeout ran out
  "57014", // query_canceled: statement_timeout ran out
  "57P01", // admin_shutdown
  "57P02", // crash_shutdown
  "57P03", // cannot_connect_now
]);

/** True when the database could not be asked, as opposed to having refused. */
export function isDatabaseUnavailable(error: unknown): boolean {
  return chain(error).some((link) => unavailableCodes.has(codeOf(link)));
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
