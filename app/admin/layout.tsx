import { headers } from "next/headers";
import type { ReactNode } from "react";
import { AdminNav } from "@/components/admin/admin-nav";
import { pathnameHeader } from "@/lib/web/request-headers";
import { currentViewer } from "@/lib/web/viewer";

/** The frame of every page of administration. It authorises nothing, each page does that for itself. */
export default async function AdminLayout({ children }: { children: ReactNode }) {
  const state = await currentViewer();
  return (
    <>
      {state.status === "signed-in" ? (
        <AdminNav viewer={state.viewer} pathname={(await headers()).get(pathnameHeader)} />
      ) : null}
      {children}
    </>
  );
}
