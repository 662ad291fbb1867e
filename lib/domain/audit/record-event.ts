import "server-only";
import { auditEvents } from "@/db/schema";
import type { Context } from "@/lib/domain/context";
import { log } from "@/lib/platform/log";
import type { AuditEventName } from "@/lib/shared/audit";

interface AuditInput {
  readonly event: AuditEventName;
  /** Whom it happened to; null when nobody is known. */
  readonly subjectId: string | null;
  readonly sessionId?: string;
  /** Facts without secrets, bounded in size by the caller. */
  readonly details?: Record<string, unknown>;
}

/** Writes what happened, in the transaction of `ctx`, and logs the same line. Call it last. */
export async function recordEvent(
  ctx: Context,
  { event, subjectId, sessionId, details = {} }: AuditInput,
): Promise<void> {
  const { actor } = ctx;
  const actorId = actor.kind === "person" ? actor.viewer.userId : null;
  const actorName = actor.kind === "system" ? actor.name : null;
  await ctx.db.insert(auditEvents).values({
    event,
    at: ctx.now(),
    actorId,
    actorName,
    subjectId,
    sessionId: sessionId ?? null,
    requestId: ctx.requestId,
    address: ctx.address,
    details,
  });
  log.info({ event, requestId: ctx.requestId, actorId, actorName, subjectId, sessionId, details }, event);
}
