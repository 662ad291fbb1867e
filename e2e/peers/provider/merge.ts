import type { Claims } from "./scenario";

/** `members` with `changes` over them; what is `undefined` in the end is left out. */
export function merge(members: Claims, changes: Claims | undefined): Record<string, unknown> {
  const merged: Claims = { ...members, ...changes };
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== undefined));
}
