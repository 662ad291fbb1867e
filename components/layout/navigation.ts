import { accessFor, paths } from "@/lib/routes";
import { mustProveEmail, type Viewer } from "@/lib/shared/views";

export interface Tab {
  readonly path: string;
  readonly label: string;
  /** Pages beneath this path belong to it as well. */
  readonly tree?: string;
}

const tabs: readonly Tab[] = [
  { path: paths.profile, label: "Profile" },
  { path: paths.public, label: "Public" },
  { path: paths.protected, label: "Protected" },
];

/** The pages of administration, in the order of their links. */
const adminPages: readonly Tab[] = [
  { path: paths.adminOverview, label: "Overview" },
  { path: paths.adminUsers, label: "Users", tree: paths.adminUsers },
  { path: paths.adminRoles, label: "Roles", tree: paths.adminRoles },
  { path: paths.adminAudit, label: "Audit log", tree: paths.adminAudit },
  { path: paths.adminSystem, label: "System" },
  { path: paths.admin, label: "Message" },
];

/**
 * The tabs for this viewer. Profile and Public stand there always; Profile leads a visitor through the login. Admin leads
 * to the admin message, else to the first page of administration that they may open.
 */
export function tabsFor(viewer: Viewer | null): readonly Tab[] {
  const open = tabs.filter(({ path }) => path === paths.profile || mayOpen(viewer, path));
  const admin = adminTabsFor(viewer);
  const first = admin.find(({ path }) => path === paths.admin) ?? admin[0];
  return first === undefined ? open : [...open, { path: first.path, label: "Admin", tree: paths.admin }];
}

/** The pages of administration that this viewer may open. */
export function adminTabsFor(viewer: Viewer | null): readonly Tab[] {
  return adminPages.filter(({ path }) => mayOpen(viewer, path));
}

/** Whether a link to `path` is worth showing. It decides nothing: the page itself does. */
export function mayOpen(viewer: Viewer | null, path: string): boolean {
  const access = accessFor(path);
  switch (access?.kind) {
    case "everyone":
      return true;
    case "signed-out":
      return viewer === null;
    case "signed-in":
      return viewer !== null;
    case "permission":
      return viewer !== null && viewer.permissions.includes(access.permission) && !mustProveEmail(viewer);
    case undefined:
      return false;
  }
}

/** The value for `aria-current` of a link to `path`; `tree` is the path that the pages of its part stand beneath. */
export function currentMark(
  pathname: string | null,
  path: string,
  tree?: string,
): "page" | "true" | undefined {
  if (pathname === path) return "page";
  const within = tree !== undefined && (pathname === tree || pathname?.startsWith(`${tree}/`) === true);
  return within ? "true" : undefined;
}
