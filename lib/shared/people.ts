import type { SignInMethod } from "./views";

/** In which order everybody is listed. */
export const peopleSorts = ["newest", "oldest", "name", "name-desc", "seen", "seen-oldest"] as const;

export type PeopleSort = (typeof peopleSorts)[number];

/** What an account is at the moment. `deleting` may be suspended as well. */
export const personStatuses = ["active", "suspended", "deleting"] as const;

export type PersonStatus = (typeof personStatuses)[number];

/** One person in the list of everybody. Plain data without secrets. */
export interface PersonRow {
  readonly id: string;
  readonly displayName: string;
  readonly name: string | null;
  readonly username: string | null;
  readonly email: string | null;
  readonly emailVerified: boolean;
  readonly picture: string | null;
  readonly status: PersonStatus;
  readonly roles: readonly string[];
  readonly password: boolean;
  /** Display names of the providers of their identities. */
  readonly providers: readonly string[];
  readonly createdAt: Date;
  /** To the hour; null for somebody who never signed in. */
  readonly lastSeenAt: Date | null;
}

/** How many there are: counted to a limit, estimated beyond it. */
export interface PeopleTotal {
  readonly count: number;
  readonly exact: boolean;
}

export interface PeoplePage {
  readonly people: readonly PersonRow[];
  /** The order asked for, or the newest first where a search finds too many to put them in the order of names. */
  readonly sort: PeopleSort;
  readonly total: PeopleTotal;
  /** Cursors of the pages beside this one; null where there is none. */
  readonly previous: string | null;
  readonly next: string | null;
}

/** One person as administrators see them. Plain data without secrets: of tokens their state alone. */
export interface PersonDetails {
  readonly id: string;
  readonly displayName: string;
  readonly name: string | null;
  readonly username: string | null;
  readonly email: string | null;
  readonly emailVerifiedAt: Date | null;
  readonly picture: string | null;
  readonly suspension: {
    readonly since: Date | null;
    readonly until: Date | null;
    readonly reason: string | null;
  } | null;
  readonly deletionDueAt: Date | null;
  readonly createdAt: Date;
  readonly lastSeenAt: Date | null;
  readonly passwordChangedAt: Date | null;
  /** Until when a link that they were sent works. */
  readonly openInvitation: Date | null;
  readonly openReset: Date | null;
  /** Too many wrong passwords were tried under their names. */
  readonly locked: boolean;
  readonly roles: readonly PersonRoleView[];
  readonly permissions: readonly string[];
  readonly identities: readonly PersonIdentityView[];
  readonly sessions: readonly PersonSessionView[];
  readonly events: readonly PersonEventView[];
}

export interface PersonRoleView {
  readonly role: string;
  /** The display name of the provider that claims it; null when it was granted here. */
  readonly claimedBy: string | null;
  /** Who granted it, where that is known. */
  readonly grantedBy: string | null;
  readonly since: Date;
}

export interface PersonIdentityView {
  readonly id: string;
  readonly providerName: string;
  readonly issuer: string;
  readonly subject: string;
  readonly email: string | null;
  readonly linkedAt: Date;
  readonly lastUsedAt: Date;
}

export interface PersonSessionView {
  readonly id: string;
  readonly device: string;
  readonly method: SignInMethod;
  readonly providerName: string | null;
  readonly address: string | null;
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
  /** What became of the grant that the sign-in brought; null where it brought none. */
  readonly tokens: "live" | "expired" | "ended" | null;
}

/** One row of the audit log about a person. */
export interface PersonEventView {
  readonly id: string;
  readonly at: Date;
  readonly event: string;
  /** The detail that says most, such as what was changed or why it failed. */
  readonly about: string | null;
  /** Who did it: themselves, somebody by name, or nobody known. */
  readonly by: "themselves" | "nobody" | { readonly name: string };
  readonly address: string | null;
}
