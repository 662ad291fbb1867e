import { paths } from "./routes";
import type { AdminUserNotice } from "@/lib/shared/admin-user-notices";
import type { OverviewRange } from "@/lib/shared/overview";

/** What the page of roles says after a change: `?notice=`. */
export const roleNotices = ["created", "changed", "deleted", "held", "gone"] as const;

export type RoleNotice = (typeof roleNotices)[number];

/** The page of roles with word of what was just done. */
export function rolesPath(notice: RoleNotice): string {
  return `${paths.adminRoles}?notice=${notice}`;
}

/** The page that changes a role. */
export function rolePath(name: string): string {
  return `${paths.adminChangeRole}/${name}`;
}

/** The audit log as these fields ask for it. */
export function auditPath(query: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return given.length === 0 ? paths.adminAudit : `${paths.adminAudit}?${new URLSearchParams(given)}`;
}

/** The page of one person for administrators, with word of what was just done, or why it was not. */
export function adminUserPath(id: string, said: { notice?: AdminUserNotice; problem?: string } = {}): string {
  return `${paths.adminUsers}/${id}${Object.keys(said).length === 0 ? "" : `?${new URLSearchParams(said)}`}`;
}

/** The numbers of the site over this time. */
export function overviewPath(range: OverviewRange): string {
  return `${paths.adminOverview}?range=${range}`;
}

/** The page of the system once it was looked at anew. */
export const systemCheckedPath = `${paths.adminSystem}?notice=checked`;

/** What the page of the system found about this group, opened. */
export function systemGroupPath(group: string): string {
  return `${paths.adminSystem}#${group}`;
}

/** The page that shows what a change to these people would do. */
export function bulkPath(target: Readonly<Record<string, string>>): string {
  return `${paths.adminBulk}?${new URLSearchParams(target)}`;
}

/** The page of a change to many people that was ordered. */
export function bulkJobPath(id: string): string {
  return `${paths.adminBulk}/${id}`;
}
