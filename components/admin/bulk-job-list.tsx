import { bulkJobPath } from "@/lib/routes-admin";
import type { BulkJobSummary } from "@/lib/shared/bulk";
import { TextLink } from "../ui/text-link";
import { Timestamp } from "../ui/timestamp";
import { bulkTitle, peopleWords } from "./bulk-words";

/** Changes to many people, each with the way to what came of it. */
export function BulkJobList({ jobs }: { jobs: readonly BulkJobSummary[] }) {
  return (
    <ul className="divide-y divide-line rounded-card border border-line bg-surface">
      {jobs.map(({ id, kind, role, orderedBy, createdAt, finishedAt, stopped, total }) => (
        <li key={id} className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1 px-4 py-3">
          <span className="min-w-0 wrap-anywhere">
            <TextLink href={bulkJobPath(id)}>{bulkTitle(kind, role)}</TextLink>
            <span className="block text-sm text-muted">
              {peopleWords(total)} · {stateWords(finishedAt, stopped)} · ordered by {orderedBy}
            </span>
          </span>
          <span className="text-sm text-muted">
            <Timestamp at={createdAt} />
          </span>
        </li>
      ))}
    </ul>
  );
}

function stateWords(finishedAt: Date | null, stopped: BulkJobSummary["stopped"]): string {
  if (finishedAt === null) return "going on";
  return stopped === null ? "done" : "stopped";
}
