import "server-only";
import type { PermissionDenied } from "./require-permission";
import { recordEvent } from "@/lib/domain/audit/record-event";
import type { PersonContext } from "@/lib/domain/context";
import { limitOf, spend } from "@/lib/domain/rate-limits/counter";
import { describeCause, log } from "@/lib/platform/log";

/**
 * Writes down that somebody asked for what they may not do (ASVS 16.3.2). Whoever keeps asking fills the server's log, and
 * no more of the audit log than `denied_person` allows. Call it outside the transaction that the denial undid.
 */
export async function recordDenied(
  ctx: PersonContext,
  { permission, reason }: Pick<PermissionDenied, "permission" | "reason">,
  path: string,
): Promise<void> {
  const { userId, sessionId } = ctx.actor.viewer;
  const { requestId } = ctx;
  try {
    const { points } = await spend("denied_person", userId);
    if (points > limitOf("denied_person")) {
      log.warn({ event: "authz_fail", requestId, userId, path, permission, reason }, "denied once more");
      return;
    }
    await recordEvent(ctx, {
      event: "authz_fail",
      subjectId: userId,
      sessionId,
      details: { permission, reason, path: path.slice(0, 200) },
    });
  } catch (error) {
    log.error({ event: "denied_not_recorded", requestId, cause: describeCause(error) }, "the denial stands");
  }
}
