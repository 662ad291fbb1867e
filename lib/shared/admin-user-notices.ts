/** What the page of one person says after an action: `?notice=`. */
export const adminUserNotices = [
  ...([
    "invited",
    "edited",
    "role-granted",
    "role-revoked",
    "sessions-ended",
    "suspended",
    "restored",
  ] as const),
  ...(["link-sent", "unproved", "locks-lifted", "closed", "reopened"] as const),
] as const;

export type AdminUserNotice = (typeof adminUserNotices)[number];
