import "server-only";
import type { Connection } from "@/db/client";
import type { Viewer } from "@/lib/shared/views";

/** Who acts. `system` names the job or the peer, for example `backchannel-logout`. */
export type Actor =
  | { readonly kind: "visitor" }
  | { readonly kind: "person"; readonly viewer: Viewer }
  | { readonly kind: "system"; readonly name: string };

/** What every verb is given besides its input. */
export interface Context {
  readonly actor: Actor;
  /** The reference that finds the log lines of this request. */
  readonly requestId: string;
  readonly address: string | null;
  readonly userAgent: string | null;
  readonly now: () => Date;
  readonly db: Connection;
}

/** A context whose actor is known to be a person. */
export interface PersonContext extends Context {
  readonly actor: Extract<Actor, { kind: "person" }>;
}

/** Runs `work` in one transaction: every write of `work` happens, or none. */
export function inTransaction<Value, Given extends Context>(
  ctx: Given,
  work: (ctx: Given) => Promise<Value>,
): Promise<Value> {
  return ctx.db.transaction((db) => work({ ...ctx, db }));
}
