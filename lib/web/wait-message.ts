import "server-only";

/** What happened, and in how long to come back, with the reference of the log line. */
export function waitMessage(what: string, seconds: number, reference: string): string {
  const minutes = Math.ceil(seconds / 60);
  const time = minutes === 1 ? "a minute" : `${String(minutes)} minutes`;
  return `${what} Try again in ${time}. (Reference ${reference})`;
}
