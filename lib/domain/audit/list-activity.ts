import "server-only";
import { and, desc, eq, notInArray, or, sql } from "drizzle-orm";
import { auditEvents } from "@/db/schema";
import type { PersonContext } from "@/lib/domain/context";
import { providerName } from "@/lib/domain/oidc/provider-config";
import { coarseAddress } from "@/lib/domain/sessions/coarse-address";
import type { AuditEventName } from "@/lib/shared/audit";
import type { ActivityKind, ActivityPage, ActivityView } from "@/lib/shared/activity";

const pageSize = 25;

/** Ends of sessions that stand in the log under another name as well. */
const silentReasons = ["signed_out", "replaced_by_new_sign_in", "account_deletion"];

type Row = typeof auditEvents.$inferSelect;

/** What happened to the account of the person who asks, newest first; `before` is a row's id, from where older ones follow. */
export async function listActivity(
  ctx: PersonContext,
  { before }: { before: bigint | null },
): Promise<ActivityPage> {
  const { userId, sessionId } = ctx.actor.viewer;
  const own = eq(auditEvents.subjectId, userId);
  const { at, id, event, details } = auditEvents;
  // The row that the page begins after must be the person's own too: another's id finds nothing.
  const older =
    before === null
      ? undefined
      : sql`(${at}, ${id}) < (select e.at, e.id from audit_events e where e.id = ${before} and e.subject_id = ${userId})`;
  const told = or(sql`${event} <> 'session_revoked'`, notInArray(sql`${details}->>'reason'`, silentReasons));
  const rows = await ctx.db
    .select()
    .from(auditEvents)
    .where(and(own, older, told))
    .orderBy(desc(at), desc(id))
    .limit(pageSize + 1);
  const items = rows.slice(0, pageSize).map((row) => toView(row, sessionId));
  return { items, older: rows.length > pageSize ? (items.at(-1)?.id ?? null) : null };
}

function toView(row: Row, sessionId: string): ActivityView {
  const { method, provider } = row.details;
  const known = method === "password" || typeof provider === "string";
  return {
    id: String(row.id),
    at: row.at,
    kind: kindOf(row),
    way: known ? { provider: typeof provider === "string" ? providerName(provider) : null } : null,
    address: row.address === null ? null : coarseAddress(row.address),
    here: row.sessionId === sessionId,
  };
}

const changes: Readonly<Record<string, ActivityKind>> = {
  name: "name_changed",
  picture: "picture_changed",
  gave_way_to_verified_identity: "sessions_ended_for_safety",
  email_proved: "email_confirmed",
  email_change_asked: "email_change_asked",
  email_changed: "email_changed",
  email_change_undone: "email_change_undone",
  identity_linked: "identity_connected",
  identity_unlinked: "identity_disconnected",
  deletion_asked: "deletion_asked",
  deletion_undone: "deletion_undone",
  data_downloaded: "data_downloaded",
};

type Kind = ActivityKind | ((details: Row["details"]) => ActivityKind);

/** How each event is told; by its details where they matter. */
const kinds: Readonly<Partial<Record<AuditEventName, Kind>>> = {
  authz_change: "roles_changed",
  user_created: "account_made",
  authn_login_success: "signed_in",
  authn_login_fail: ({ reason }) =>
    String(reason).startsWith("confirmed_") ? "confirmation_failed" : "sign_in_failed",
  authn_password_change: ({ change }) => (change === "set" ? "password_set" : "password_changed"),
  authn_token_revoked: ({ reason }) => (reason === "disconnected" ? "access_disconnected" : "access_ended"),
  authn_token_reuse: "access_ended",
  session_renewed: "confirmed",
  session_logout: "signed_out",
  session_revoked: ({ reason }) => {
    if (reason === "ended_by_person") return "session_ended";
    return reason === "ended_by_provider" ? "session_ended_by_provider" : "sessions_ended_for_safety";
  },
  user_updated: ({ change }) => changes[String(change)] ?? "other",
};

function kindOf({ event, details }: Row): ActivityKind {
  const kind = kinds[event as AuditEventName] ?? "other";
  return typeof kind === "string" ? kind : kind(details);
}
