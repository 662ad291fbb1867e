/**
 * Every permission of the application, named `action:resource`, with what it lets somebody do.
 */
export const permissionWords = {
  "read:messages": "read the protected message",
  "read:admin-messages": "read the admin message",
  "read:overview": "see the numbers of this site",
  "read:users": "find people, see their accounts",
  "create:users": "invite people",
  "update:users": "change accounts, start a password reset",
  "suspend:users": "suspend people and let them back in",
  "delete:users": "delete accounts",
  "export:users": "download everything about a person",
  "end:sessions": "end other people's sessions",
  "read:roles": "see what each role may do",
  "manage:roles": "make, change and delete roles",
  "grant:roles": "give people roles and take them away",
  "read:audit": "read the audit log",
  "export:audit": "download the audit log",
  "read:system": "see how this site is set up",
} as const satisfies Record<string, string>;

export type Permission = keyof typeof permissionWords;

export const permissions = Object.keys(permissionWords) as readonly Permission[];

/** Those that the external API knows. Its access tokens name no others (RFC 9068 section 5). */
export const apiPermissions: readonly Permission[] = ["read:messages", "read:admin-messages"];

/** The built-in roles. Others are kept in the database. */
export const roles = ["user", "admin"] as const;

export type Role = (typeof roles)[number];

export function isRole(value: string): value is Role {
  return (roles as readonly string[]).includes(value);
}
