import "server-only";
import { findSessionById } from "./find-session";
import { sessionLeft } from "./session-left";
import { touchSession } from "./touch-session";
import type { PersonContext } from "@/lib/domain/context";
import type { SessionLeft } from "@/lib/shared/session-left";

/** Counts as a use of the session in use, whose idle time begins anew; null when it has ended meanwhile. */
export async function extendSession(ctx: PersonContext): Promise<SessionLeft | null> {
  const { sessionId } = ctx.actor.viewer;
  const now = ctx.now();
  await touchSession(sessionId, now);
  const found = await findSessionById(sessionId);
  return found === null ? null : sessionLeft(found, found.lastSeenAt, now);
}
