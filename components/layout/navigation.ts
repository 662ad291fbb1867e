import { accessFor, paths } from "@/lib/routes";
import { mustProveEmail, type Viewer } from "@/lib/shared/views";

interface Tab {
  readonly path: string;
  readonly label: string;
}

const tabs: readonly Tab[] = [
  { path: paths.profile, label: "Profile" },
  { path: paths.public, label: "Public" },
  { path: paths.protected, label: "Protected" },
  { path: paths.admin, label: "Admin" },
];

/** The tabs for this viewer. Profile and Public stand there always; Profile leads a visitor through the login. */
export function tabsFor(viewer: Viewer | null): readonly Tab[] {
  return tabs.filter(({ path }) => path === paths.profile || mayOpen(viewer, path));
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

/** The value for `aria-current` of a link to `path`. */
export function currentMark(pathname: string | null, path: string): "page" | undefined {
  return pathname === path ? "page" : undefined;
}
