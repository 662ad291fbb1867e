import "server-only";
import type { Context, PersonContext } from "@/lib/domain/context";
import { environment } from "@/lib/env";
import type { Viewer } from "@/lib/shared/views";

/**
 * Whether the person proved who they are within the last `RECENT_AUTHENTICATION_SECONDS` (ASVS 7.5.1). The first line of
 * every verb that a stolen session must not reach; it fails with `authentication_not_recent`, and the person goes
 * through the page at `paths.confirm`.
 */
export function isRecentlyAuthenticated({ actor: { viewer }, now }: PersonContext): boolean {
  return isRecent(viewer, now());
}

/** The same for verbs that a job of the system's own may run too, of which nobody can ask for a proof. */
export function isRecentOrSystem({ actor, now }: Pick<Context, "actor" | "now">): boolean {
  return actor.kind === "system" || (actor.kind === "person" && isRecent(actor.viewer, now()));
}

function isRecent({ confirmedAt }: Pick<Viewer, "confirmedAt">, now: Date): boolean {
  if (confirmedAt === null) return false;
  return now.getTime() - confirmedAt.getTime() <= environment().RECENT_AUTHENTICATION_SECONDS * 1000;
}
