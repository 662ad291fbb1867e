/** How long a session lasts from now on. */
export interface SessionLeft {
  /** When nothing more is asked of it. */
  readonly idleSeconds: number;
  /** However busy it is. */
  readonly absoluteSeconds: number;
}

/** Whose session a page was made for. */
export interface SessionOwner {
  readonly userId: string;
  readonly displayName: string;
  /** What they log in with beside a password; null for whoever logged in another way. */
  readonly uid: string | null;
}
