import type { Metadata } from "next";
import { z } from "zod";
import { bulkOutcomeWords, bulkStopWords, bulkTitle, peopleWords } from "@/components/admin/bulk-words";
import { LookAgain } from "@/components/admin/look-again";
import { Button, ButtonLink } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { PageHeading } from "@/components/ui/page-heading";
import { TextLink } from "@/components/ui/text-link";
import { Timestamp } from "@/components/ui/timestamp";
import { findJob } from "@/lib/domain/bulk/find-job";
import { paths, postPaths } from "@/lib/routes";
import { bulkJobPath } from "@/lib/routes-admin";
import { personContext } from "@/lib/web/context";
import { pageOutcome } from "@/lib/web/page";
import { Failed, gatedPage } from "../../../../page-builders";
import { stopBulkChange } from "../actions";

export const metadata: Metadata = { title: "Many people at once" };

/** As browsers draw it, it has none of the colours of the page. */
const progressClass =
  "mb-6 block h-2 w-full appearance-none overflow-hidden rounded-full bg-line forced-colors:appearance-auto [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-line [&::-webkit-progress-value]:bg-accent";

export default gatedPage(paths.adminBulk, async (viewer, { params }) => {
  const id = z.uuid().safeParse((await params)["id"]);
  const job = id.success ? await findJob(await personContext(viewer), { jobId: id.data }) : null;
  if (job === null) return <Failed {...await pageOutcome("no_such_job", paths.adminUsers)} />;
  const { kind, role, total, past, outcomes, stopped, finishedAt } = job;
  const running = finishedAt === null;
  return (
    <>
      <p className="mb-4 text-sm">
        <TextLink href={paths.adminBulk}>Changes to many people</TextLink>
      </p>
      <PageHeading title={bulkTitle(kind, role)}>
        Ordered by {job.orderedBy}, <Timestamp at={job.createdAt} />.
        {running ? " It goes on when this page is closed, and stops when that session ends." : null}
      </PageHeading>
      {running ? <LookAgain /> : null}
      <div role="status" className="mb-3 space-y-3">
        <p className="font-medium">
          {running ? null : stopped === null ? "Done: " : "Stopped: "}
          {past.toLocaleString("en")} of {peopleWords(total)}
        </p>
        {stopped === null ? null : <Notice tone="warning">{bulkStopWords[stopped]}</Notice>}
      </div>
      <progress aria-label="Progress" value={past} max={total} className={progressClass} />
      {outcomes.length === 0 ? null : (
        <ul className="mb-6 divide-y divide-line rounded-card border border-line bg-surface">
          {outcomes.map(({ outcome, count }) => (
            <li key={outcome} className="px-4 py-3 text-sm">
              {peopleWords(count)} {bulkOutcomeWords(kind, outcome)}
            </li>
          ))}
        </ul>
      )}
      <div className="flex flex-wrap items-center gap-3">
        {running ? (
          <>
            <ButtonLink href={bulkJobPath(job.id)}>Look again</ButtonLink>
            <form action={stopBulkChange}>
              <input type="hidden" name="job" value={job.id} />
              <Button variant="danger">Stop it</Button>
            </form>
          </>
        ) : (
          <form method="post" action={postPaths.bulkResult(job.id)}>
            <Button>Download the result (CSV)</Button>
          </form>
        )}
      </div>
    </>
  );
});
