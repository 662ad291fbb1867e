import "server-only";
import { auditEvents } from "@/db/schema";
import type { Context } from "@/lib/domain/context";
import { log } from "@/lib/platform/log";

/** Names of the OWASP Logging Vocabulary. */
export type AuditEventName =
  | "authn_login_success"
  | "authn_login_fail"
  | "authn_login_code_requested"
  | "authn_password_change"
  | "authn_password_reset_requested"
  | "authn_token_revoked"
  | "authn_token_reuse"
  | "authz_change"
  | "authz_fail"
  | "privilege_permissions_changed"
  | "session_created"
  | "session_renewed"
  | "session_logout"
  | "session_revoked"
  | "user_created"
  | "user_deleted"
  | "user_updated";

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
  const actorId = ctx.actor.kind === "person" ? ctx.actor.viewer.userId : null;
  await ctx.db.insert(auditEvents).values({
    event,
    at: ctx.now(),
    actorId,
    subjectId,
    sessionId: sessionId ?? null,
    requestId: ctx.requestId,
    address: ctx.address,
    details,
  });
  log.info({ event, requestId: ctx.requestId, actorId, subjectId, sessionId, details }, event);
}
