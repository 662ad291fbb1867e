import "server-only";
import { and, isNull, sql } from "drizzle-orm";
import { sessions } from "@/db/schema";

/** When a session ends for want of use. */
export const idleEnd = sql`${sessions.lastSeenAt} + make_interval(secs => ${sessions.idleTimeoutSeconds})`;

/** True of a session that was not revoked and has outlived neither its idle nor its absolute lifetime. */
export function isLive() {
  return and(isNull(sessions.revokedAt), sql`${sessions.expiresAt} > now()`, sql`${idleEnd} > now()`);
}
