import type { Viewer } from "@/lib/shared/views";
import { adminTabsFor } from "../layout/navigation";
import { SectionNav } from "../layout/section-nav";

/** The row of links above every page of administration: those that this viewer may open. */
export function AdminNav({ viewer, pathname }: { viewer: Viewer; pathname: string | null }) {
  const open = adminTabsFor(viewer);
  return open.length < 2 ? null : <SectionNav label="Administration" tabs={open} pathname={pathname} />;
}
