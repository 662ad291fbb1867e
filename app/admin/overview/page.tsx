import type { Metadata } from "next";
import { AttentionList } from "@/components/admin/overview/attention-list";
import { ChartCard } from "@/components/admin/overview/chart-card";
import { RangeNav } from "@/components/admin/overview/range-nav";
import { rangeWords } from "@/components/admin/overview/words";
import { Notice } from "@/components/ui/notice";
import { PageHeading } from "@/components/ui/page-heading";
import { Timestamp } from "@/components/ui/timestamp";
import { readOverview } from "@/lib/domain/figures/read-overview";
import { paths } from "@/lib/routes";
import { overviewRanges } from "@/lib/shared/overview";
import { personContext } from "@/lib/web/context";
import { gatedPage } from "../../page-builders";

export const metadata: Metadata = { title: "Overview" };

export default gatedPage(paths.adminOverview, async (viewer, { searchParams }) => {
  const asked = (await searchParams)["range"];
  const range = overviewRanges.find((one) => one === asked) ?? "day";
  const overview = await readOverview(await personContext(viewer), { range });
  const { steps, charts, until, behind } = overview;
  return (
    <div data-wide>
      <div className="flex flex-wrap items-start justify-between gap-x-6">
        <PageHeading title="Overview">
          {rangeWords[range].time} Every time is in UTC. Figures reach until <Timestamp at={until} />.
        </PageHeading>
        <div className="mb-8">
          <RangeNav range={range} />
        </div>
      </div>
      {behind ? (
        <div className="mb-8">
          <Notice tone="warning">
            Older rows of the audit log are still being counted. Sign-ins, their failures, locks and sign-ups
            after the time above are missing until then.
          </Notice>
        </div>
      ) : null}
      <h2 id="attention" className="mb-3 text-lg font-semibold">
        Wants attention
      </h2>
      <AttentionList overview={overview} viewer={viewer} />
      <h2 className="mt-10 mb-3 text-lg font-semibold">Over time</h2>
      <div className="grid gap-4 lg:grid-cols-2">
        {charts.map((chart) => (
          <ChartCard key={chart.id} chart={chart} range={range} steps={steps} />
        ))}
      </div>
    </div>
  );
});
