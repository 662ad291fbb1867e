/** What can have happened to an account, as its owner is told. */
export const activityKinds = [
  ...([
    "account_made",
    "signed_in",
    "sign_in_failed",
    "confirmed",
    "confirmation_failed",
    "signed_out",
  ] as const),
  ...(["session_ended", "session_ended_by_provider", "sessions_ended_for_safety"] as const),
  ...(["name_changed", "picture_changed", "password_set", "password_changed"] as const),
  ...(["email_confirmed", "email_change_asked", "email_changed", "email_change_undone"] as const),
  ...([
    "identity_connected",
    "identity_disconnected",
    "access_disconnected",
    "access_ended",
    "data_downloaded",
  ] as const),
  ...(["deletion_asked", "deletion_undone", "roles_changed", "other"] as const),
] as const;

export type ActivityKind = (typeof activityKinds)[number];

/** One line of a person's security activity. Plain data without secrets. */
export interface ActivityView {
  /** For the next page. */
  readonly id: string;
  readonly at: Date;
  readonly kind: ActivityKind;
  /** How, where that is known: a provider by its display name, or null for a password. */
  readonly way: { readonly provider: string | null } | null;
  /** The network address, coarse. */
  readonly address: string | null;
  /** It happened in the session that asks. */
  readonly here: boolean;
}

export interface ActivityPage {
  readonly items: readonly ActivityView[];
  /** Where the next page begins; null on the last. */
  readonly older: string | null;
}
