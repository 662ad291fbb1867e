/** Every event of the audit log, by the names of the OWASP Logging Vocabulary; the `audit_` ones are ours. */
export const auditEventNames = [
  ...(["authn_login_success", "authn_login_fail", "authn_login_code_requested"] as const),
  ...(["authn_password_change", "authn_password_reset_requested"] as const),
  ...(["authn_token_revoked", "authn_token_reuse"] as const),
  ...(["authz_admin", "authz_change", "authz_fail", "privilege_permissions_changed"] as const),
  ...(["session_created", "session_renewed", "session_logout", "session_revoked"] as const),
  ...(["user_created", "user_deleted", "user_updated"] as const),
  ...(["audit_exported", "audit_pruned"] as const),
] as const;

export type AuditEventName = (typeof auditEventNames)[number];

/** One row of the audit log as administrators see it. */
export interface AuditRow {
  readonly id: string;
  readonly at: Date;
  readonly event: string;
  /** Who did it: a person, a job, or nobody that is known. */
  readonly actor: AuditPerson | null;
  readonly actorName: string | null;
  /** Whom it happened to. */
  readonly subject: AuditPerson | null;
  readonly address: string | null;
  readonly requestId: string;
  readonly sessionId: string | null;
  readonly details: Readonly<Record<string, unknown>>;
}

export interface AuditPerson {
  readonly id: string;
  /** Null when the account is gone. */
  readonly name: string | null;
}

export interface AuditPage {
  readonly rows: readonly AuditRow[];
  /** Cursors of the pages beside this one; null where there is none. */
  readonly newer: string | null;
  readonly older: string | null;
}

/** The fields that narrow the log down, as they stand in the address. */
export const auditFilterNames = ["who", "whom", "event", "from", "to", "address"] as const;
