import type { Amounts } from "@/bench/seed/fill";

/** The question that every signed-in page asks. */
export const sessionCheck = "a session is checked";

/** What the process that asks is told: to get the database ready and say what can be asked, to ask, or to export the audit log. */
export type Order = { readonly ready: Amounts } | { readonly ask: string } | { readonly export: "csv" };

export interface Answers {
  readonly names?: readonly string[];
  /** Milliseconds of each call. */
  readonly times?: readonly number[];
  readonly exported?: Exported;
}

export interface Exported {
  readonly megabytes: number;
  readonly seconds: number;
  /** Of the process, in megabytes: most while the first tenth left, and most of all. */
  readonly memory: { readonly first: number; readonly most: number };
}
