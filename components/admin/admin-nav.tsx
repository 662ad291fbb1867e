import { paths } from "@/lib/routes";
import type { Viewer } from "@/lib/shared/views";
import { adminTabsFor, currentMark } from "../layout/navigation";

/** The row of links above every page of administration: those that this viewer may open. */
export function AdminNav({ viewer, pathname }: { viewer: Viewer; pathname: string | null }) {
  const open = adminTabsFor(viewer);
  if (open.length < 2) return null;
  return (
    <nav aria-label="Administration" className="mb-8 border-b border-line">
      <ul className="-mb-px flex flex-wrap gap-x-1">
        {open.map(({ path, label }) => (
          <li key={path}>
            <a
              href={path}
              aria-current={currentMark(pathname, path, path === paths.admin ? undefined : path)}
              className="flex min-h-11 items-center border-b-2 border-transparent px-3 text-sm font-medium text-muted hover:text-ink aria-[current]:border-b-accent aria-[current]:text-ink"
            >
              {label}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
