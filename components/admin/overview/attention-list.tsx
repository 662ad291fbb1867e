import { auditPath } from "@/lib/routes-admin";
import { paths } from "@/lib/routes";
import type { AttentionItem, AttentionKind, Overview } from "@/lib/shared/overview";
import type { Viewer } from "@/lib/shared/views";
import { mayOpen } from "../../layout/navigation";
import { Icon } from "../../ui/icon";
import { Notice } from "../../ui/notice";
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

/** Where the number comes from, if this viewer may look; else the chart. */
function linkOf(kind: AttentionKind, { steps, until }: Overview, viewer: Viewer): string | null {
  const [from, to] = [dayOf(steps[0] ?? until), dayOf(until)];
  const events = {
    locks: "authn_login_fail",
    "failed-sign-ins": "authn_login_fail",
    denied: "authz_fail",
  } as const;
  switch (kind) {
    case "locks":
    case "failed-sign-ins":
    case "denied":
      if (mayOpen(viewer, paths.adminAudit)) return auditPath({ event: events[kind], from, to });
      return kind === "denied" ? null : `#${kind}`;
    case "unsealed":
      return mayOpen(viewer, paths.adminAudit) ? paths.adminAudit : null;
    case "sign-ups":
      return mayOpen(viewer, paths.adminUsers)
        ? `${paths.adminUsers}?${new URLSearchParams({ createdFrom: from })}`
        : `#${kind}`;
    case "token-refreshes":
    case "api-errors":
      return `#${kind}`;
    case "mails":
      return null;
  }
}

function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}
