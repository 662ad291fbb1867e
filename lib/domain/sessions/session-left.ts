import "server-only";
import type { FoundSession } from "./find-session";
import type { SessionLeft } from "@/lib/shared/session-left";

/** How long a session lasts from `now` on, when it was last used at `lastSeenAt`. */
export function sessionLeft(
  { viewer, idleTimeoutSeconds }: Pick<FoundSession, "viewer" | "idleTimeoutSeconds">,
  lastSeenAt: Date,
  now: Date,
): SessionLeft {
  const secondsUntil = (time: number) => Math.max(0, Math.floor((time - now.getTime()) / 1000));
  return {
    idleSeconds: secondsUntil(lastSeenAt.getTime() + idleTimeoutSeconds * 1000),
    absoluteSeconds: secondsUntil(viewer.expiresAt.getTime()),
  };
}
