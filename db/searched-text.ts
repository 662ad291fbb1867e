/*
 * The expressions that a search for people looks at. Written once, because an index serves the very expression that it was
 * made for.
 */

/** User name, name and e-mail address of a person in lower case, each behind a line feed, so that a beginning can be told. */
export function searchedText(users: string): string {
  const part = (column: string) => `E'\\n' || coalesce(${users}.${column}, '')`;
  return `lower(${["username", "name", "email"].map(part).join(" || ")})`;
}

/** The subject of an identity likewise. */
export function searchedSubject(accounts: string): string {
  return `lower(E'\\n' || ${accounts}.subject)`;
}
