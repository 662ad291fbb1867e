/** The token of a link that was sent by mail, or null for anything that cannot be one. */
export function linkTokenFrom(value: unknown): string | null {
  return typeof value === "string" && /^[A-Za-z0-9_-]{43}$/.test(value) ? value : null;
}
