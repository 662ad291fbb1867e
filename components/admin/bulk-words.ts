import type { BulkKind, BulkOutcome, BulkStop } from "@/lib/shared/bulk";

interface KindWords {
  /** In the choice of what to do. */
  readonly label: string;
  /** On the button, before the number. */
  readonly button: string;
  readonly done: string;
}

export const bulkKindWords: Readonly<Record<BulkKind, KindWords>> = {
  suspend: { label: "Suspend", button: "Suspend", done: "suspended" },
  "grant-role": { label: "Give a role", button: "Give the role to", done: "given the role" },
  "revoke-role": { label: "Take a role away", button: "Take the role from", done: "without the role now" },
  "end-sessions": { label: "End sessions", button: "End the sessions of", done: "logged out" },
};

/** What is done, and with which role, as a heading. */
export function bulkTitle(kind: BulkKind, role: string | null | undefined): string {
  return role == null ? bulkKindWords[kind].label : `${bulkKindWords[kind].label}: ${role}`;
}

const already: Readonly<Record<BulkKind, string>> = {
  suspend: "suspended already",
  "grant-role": "had the role already",
  "revoke-role": "did not have the role from here",
  "end-sessions": "logged in nowhere",
};

const outcomes: Readonly<Record<Exclude<BulkOutcome, "done" | "already">, string>> = {
  own_account: "skipped: the account of whoever ordered it",
  beyond_own_permissions: "skipped: may do what whoever ordered it may not",
  last_administrator: "skipped: without them there would be no administrator that lasts",
  no_such_role: "not changed: the role is gone",
  no_such_person: "not found",
  failed: "not changed: something went wrong on our side",
};

/** What came of a change to somebody, in words behind a number that are true whoever reads them. */
export function bulkOutcomeWords(kind: BulkKind, outcome: BulkOutcome): string {
  if (outcome === "done") return bulkKindWords[kind].done;
  return outcome === "already" ? already[kind] : outcomes[outcome];
}

/** What would come of it, for whoever is about to order it. */
export function bulkPreviewWords(kind: BulkKind, outcome: BulkOutcome): string {
  if (outcome === "own_account") return "skipped: your own account";
  if (outcome === "beyond_own_permissions") return "skipped: may do what you may not";
  return bulkOutcomeWords(kind, outcome);
}

export const bulkStopWords: Readonly<Record<BulkStop, string>> = {
  stopped: "It was stopped before everybody had their turn.",
  session_ended:
    "It stopped because the session that ordered it has ended: its owner logged out, was suspended, or stayed away.",
  permission_lost: "It stopped because whoever ordered it may not do this any more.",
};

/** A number of people. */
export function peopleWords(count: number): string {
  return count === 1 ? "1 person" : `${count.toLocaleString("en")} people`;
}
