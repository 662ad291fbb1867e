import type { BulkGroup, BulkKind, BulkPreview } from "@/lib/shared/bulk";
import { Notice } from "../ui/notice";
import { bulkPreviewWords, peopleWords } from "./bulk-words";

/** What a change to many people would do, and of whom it would pass by whom. */
export function BulkPreviewView({ kind, preview }: { kind: BulkKind; preview: BulkPreview }) {
  const { ready, skipped, keepsLastAdministrator } = preview;
  return (
    <div className="mb-8 space-y-4">
      <dl className="divide-y divide-line rounded-card border border-line bg-surface">
        <Group group={ready} words="will be changed" strong />
        {skipped.map((group) => (
          <Group key={group.outcome} group={group} words={bulkPreviewWords(kind, group.outcome)} />
        ))}
      </dl>
      {keepsLastAdministrator ? (
        <Notice tone="warning">
          All who look after this site are among them. The one whose turn comes last stays as they are.
        </Notice>
      ) : null}
    </div>
  );
}

function Group({ group, words, strong = false }: { group: BulkGroup; words: string; strong?: boolean }) {
  const more = group.count - group.names.length;
  return (
    <div className="px-4 py-3">
      <dt className={strong ? "font-medium" : "text-muted"}>
        {peopleWords(group.count)} {words}
      </dt>
      {group.names.length === 0 ? null : (
        <dd className="mt-1 text-sm wrap-anywhere text-muted">
          {group.names.join(", ")}
          {more > 0 ? ` and ${more.toLocaleString("en")} more` : null}
        </dd>
      )}
    </div>
  );
}
