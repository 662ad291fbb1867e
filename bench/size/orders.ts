import type { Amounts } from "@/bench/seed/fill";

/** The question that every signed-in page asks. */
export const sessionCheck = "a session is checked";

/** What the process that asks is told: to get the database ready and say what can be asked, or to ask. */
export type Order = { readonly ready: Amounts } | { readonly ask: string };

export interface Answers {
  readonly names?: readonly string[];
  /** Milliseconds of each call. */
  readonly times?: readonly number[];
}
