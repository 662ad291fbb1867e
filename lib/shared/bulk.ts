import type { Permission } from "./permissions";

/** What may be done to many people at once. */
export const bulkKinds = ["suspend", "grant-role", "revoke-role", "end-sessions"] as const;

export type BulkKind = (typeof bulkKinds)[number];

/** What somebody needs to do this to one person, and so to many. */
export const bulkPermissions: Readonly<Record<BulkKind, Permission>> = {
  suspend: "suspend:users",
  "grant-role": "grant:roles",
  "revoke-role": "grant:roles",
  "end-sessions": "end:sessions",
};

/** What came of a change to one person. `failed` is a fault of ours, which the server's log explains. */
export const bulkOutcomes = [
  ...(["done", "already", "own_account", "beyond_own_permissions"] as const),
  ...(["last_administrator", "no_such_role", "no_such_person", "failed"] as const),
] as const;

export type BulkOutcome = (typeof bulkOutcomes)[number];

/** Why a job ended before everybody had their turn. */
export type BulkStop = "stopped" | "session_ended" | "permission_lost";

/** People of whom the same is to be said. */
export interface BulkGroup {
  readonly count: number;
  /** The first few of them. */
  readonly names: readonly string[];
}

/** What a change to many people would do. */
export interface BulkPreview {
  readonly ready: BulkGroup;
  readonly skipped: readonly (BulkGroup & { readonly outcome: BulkOutcome })[];
  /** Everybody who can look after the site is among them: whoever comes last stays. */
  readonly keepsLastAdministrator: boolean;
  readonly tooMany: boolean;
}

/** A change to many people, one of a list. */
export interface BulkJobSummary {
  readonly id: string;
  readonly kind: BulkKind;
  readonly role: string | null;
  readonly orderedBy: string;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
  readonly stopped: BulkStop | null;
  readonly total: number;
}

/** A change to many people as it goes on. */
export interface BulkJobView extends BulkJobSummary {
  /** How many had their turn. */
  readonly past: number;
  readonly outcomes: readonly { readonly outcome: BulkOutcome; readonly count: number }[];
}

/** More people are not changed at once. */
export const maxBulkPeople = 100_000;
