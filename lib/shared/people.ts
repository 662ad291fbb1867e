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
