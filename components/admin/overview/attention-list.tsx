import type { AttentionItem, Overview } from "@/lib/shared/overview";
import type { Viewer } from "@/lib/shared/views";
import { Icon } from "../../ui/icon";
import { Notice } from "../../ui/notice";
import { linkOf } from "./attention-links";
import { attentionWords, rangeWords } from "./words";

interface AttentionListProps {
  readonly overview: Overview;
  readonly viewer: Viewer;
}

/** The numbers that somebody should look at, each a link to what it counts. */
export function AttentionList({ overview, viewer }: AttentionListProps) {
  const { attention } = overview;
  if (attention.length === 0) return <Notice tone="success">Nothing wants attention in this time.</Notice>;
  return (
    <ul className="grid gap-3 sm:grid-cols-2 lg:grid-cols-3" aria-labelledby="attention">
      {attention.map((item) => (
        <li
          key={item.kind}
          className="relative flex rounded-card border border-line bg-surface p-4 has-[a:hover]:border-edge"
        >
          <Item
            item={item}
            href={linkOf(item.kind, overview, viewer)}
            before={rangeWords[overview.range].before}
          />
        </li>
      ))}
    </ul>
  );
}

function Item({ item, href, before }: { item: AttentionItem; href: string | null; before: string }) {
  const [one, several] = attentionWords[item.kind];
  const words = (
    <>
      <span className="block text-2xl font-semibold tabular-nums">{item.count.toLocaleString("en")}</span>{" "}
      <span className="block text-sm font-medium">{item.count === 1 ? one : several}</span>
    </>
  );
  return (
    <>
      <div className="min-w-0 flex-1">
        {href === null ? (
          <p>{words}</p>
        ) : (
          <a href={href} className="block rounded-control after:absolute after:inset-0">
            {words}
          </a>
        )}
        {item.before === null ? null : (
          <p className="mt-1 text-sm text-muted">
            {item.before === 0 ? "None" : item.before.toLocaleString("en")} in {before}
          </p>
        )}
      </div>
      <Icon name="alert" className="size-5 text-warning" />
    </>
  );
}
