import type { AdminUserNotice } from "@/lib/shared/admin-user-notices";

/** What was done to a person, in words. */
export const userNotices: Readonly<Record<AdminUserNotice, string>> = {
  invited: "The invitation is on its way. The link works for 72 hours.",
  edited: "The details are saved.",
  "role-granted": "The role is granted. It counts from their next click.",
  "role-revoked": "The role is taken away. It ends with their next click.",
  "sessions-ended": "Ended. It stops at the next click.",
  suspended: "Suspended. They are logged out everywhere and cannot log in.",
  restored: "They can log in again.",
  "link-sent": "A mail with a link is on its way.",
  unproved: "The address has to be confirmed anew. A mail with a link is on its way.",
  "locks-lifted": "The lock is lifted. The right password is accepted again.",
  closed: "The account is closed and will be deleted in seven days.",
  reopened: "The account is kept.",
};
