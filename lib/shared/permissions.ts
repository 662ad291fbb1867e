/** Every permission of the application, named `action:resource`. The external API uses the same names in its tokens. */
export const permissions = ["read:messages", "read:admin-messages"] as const;

export type Permission = (typeof permissions)[number];

/** The built-in roles. */
export const roles = ["user", "admin"] as const;

export type Role = (typeof roles)[number];

export function isRole(value: string): value is Role {
  return (roles as readonly string[]).includes(value);
}
