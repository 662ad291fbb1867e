import { headers } from "next/headers";
import type { ReactNode } from "react";
import { SettingsNav } from "@/components/settings/settings-nav";
import { pathnameHeader } from "@/lib/web/request-headers";

/** The frame of every page of settings. It authorises nothing, each page does that for itself. */
export default async function SettingsLayout({ children }: { children: ReactNode }) {
  return (
    <>
      <SettingsNav pathname={(await headers()).get(pathnameHeader)} />
      {children}
    </>
  );
}
