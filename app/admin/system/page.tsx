import type { Metadata } from "next";
import { CheckGroups } from "@/components/admin/check-groups";
import { SystemSettings } from "@/components/admin/system-settings";
import { SystemSummary } from "@/components/admin/system-summary";
import { PageHeading } from "@/components/ui/page-heading";
import { checkRequest } from "@/lib/domain/doctor/check-request";
import { diagnose } from "@/lib/domain/doctor/diagnose";
import { ownUrl } from "@/lib/env";
import { paths } from "@/lib/routes";
import { personContext } from "@/lib/web/context";
import { seenRequest } from "@/lib/web/seen-request";
import { gatedPage } from "../../page-builders";
import { checkAgain } from "./actions";

export const metadata: Metadata = { title: "System" };

export default gatedPage(paths.adminSystem, async (viewer, { searchParams }) => {
  const { at, groups, settings } = await diagnose(await personContext(viewer), { maxAgeSeconds: 60 });
  const { notice } = await searchParams;
  const all = [checkRequest(await seenRequest(), ownUrl()), ...groups];
  return (
    <>
      <PageHeading title="System">
        How this site is set up, as the instance that answers sees it. The same checks run in a terminal:{" "}
        <code className="font-mono text-[0.9em]">npm run doctor</code>.
      </PageHeading>
      <SystemSummary groups={all} at={new Date(at)} again={checkAgain} fresh={notice === "checked"} />
      <CheckGroups groups={all} />
      <SystemSettings settings={settings} />
    </>
  );
});
