/** What the process of the verbs can be told to do. `token` is the session token within the cookie. */
export type Order =
  | { readonly kind: "hash"; readonly seconds: number; readonly concurrency: number }
  | { readonly kind: "read"; readonly token: string; readonly rounds: number; readonly calls: number }
  | { readonly kind: "mint"; readonly token: string; readonly rounds: number; readonly calls: number }
  | { readonly kind: "refresh"; readonly token: string; readonly readers: number }
  | { readonly kind: "expire"; readonly token: string }
  | { readonly kind: "telemetry"; readonly rounds: number; readonly calls: number };

/** Times are milliseconds, for one call where there are many; a list has one for each round. */
export interface Answers {
  /** Password checks a second. */
  readonly hash: number;
  readonly read: { readonly verb: number[]; readonly select: number[] };
  readonly mint: { readonly fresh: number[]; readonly kept: number[]; readonly signature: number[] };
  /** From the first question to the last answer. */
  readonly refresh: number;
  readonly expire: null;
  readonly telemetry: { readonly check: number[]; readonly line: number[]; readonly idle: number[] };
}
