import type { ReactNode } from "react";
import { statusOf, type CheckGroup, type CheckStatus, type Finding } from "@/lib/shared/diagnosis";
import { Badge } from "../ui/badge";
import { Icon, type IconName } from "../ui/icon";

const looks = {
  ok: { icon: "check", mark: "text-success", tone: "success", word: "OK" },
  warning: { icon: "triangle", mark: "text-warning", tone: "warning", word: "Warning" },
  failed: { icon: "cross", mark: "text-danger", tone: "danger", word: "Failed" },
} as const satisfies Record<CheckStatus, { icon: IconName; mark: string; tone: string; word: string }>;

const severity: readonly CheckStatus[] = ["failed", "warning", "ok"];

/** Every group of checks; what wants attention comes first and stands open. */
export function CheckGroups({ groups }: { groups: readonly CheckGroup[] }) {
  return (
    <div className="divide-y divide-line overflow-clip rounded-card border border-line bg-surface">
      {worstFirst(groups, statusOf).map((group) => (
        <Group key={group.group} group={group} />
      ))}
    </div>
  );
}

function worstFirst<Judged>(all: readonly Judged[], judge: (one: Judged) => CheckStatus): readonly Judged[] {
  return severity.flatMap((status) => all.filter((one) => judge(one) === status));
}

function Group({ group }: { group: CheckGroup }) {
  const status = statusOf(group);
  const { tone, word } = looks[status];
  const addresses = Object.entries(group.register);
  return (
    <details className="group" open={status !== "ok"}>
      <summary className="flex min-h-11 list-none items-center gap-3 px-4 py-3 hover:bg-sunken focus-visible:-outline-offset-2 [&::-webkit-details-marker]:hidden">
        <Icon
          name="chevron-right"
          className="size-4 text-muted transition-transform duration-100 group-open:rotate-90"
        />
        <h2 className="min-w-0 flex-1 font-medium wrap-anywhere">{group.title}</h2>
        <Badge tone={tone}>{word}</Badge>
      </summary>
      {/* A link to what is folded away unfolds it. */}
      <ul id={group.group} className="grid scroll-mt-20 gap-3 px-4 pt-1 pb-5 sm:ps-11">
        {worstFirst(group.findings, ({ status }) => status).map((finding) => (
          <FindingItem key={finding.check + finding.text} finding={finding} />
        ))}
      </ul>
      {addresses.length > 0 ? (
        <div className="border-t border-line px-4 py-4 sm:ps-11">
          <h3 className="text-sm font-medium">To register at the provider</h3>
          <dl className="mt-2 grid gap-x-4 gap-y-1 text-sm sm:grid-cols-[10rem_1fr]">
            {addresses.map(([what, address]) => (
              <div key={what} className="contents">
                <dt className="text-muted first-letter:uppercase max-sm:mt-2">{what}</dt>
                <dd className="min-w-0">
                  <code className="font-mono text-[0.92em] wrap-anywhere">{address}</code>
                </dd>
              </div>
            ))}
          </dl>
        </div>
      ) : null}
    </details>
  );
}

function FindingItem({ finding: { status, text, fix } }: { finding: Finding }) {
  const { icon, mark, word } = looks[status];
  return (
    <li className="flex gap-3 text-sm leading-6">
      <span className={`mt-0.5 ${mark}`}>
        <Icon name={icon} />
      </span>
      <div className="min-w-0 wrap-anywhere">
        <p>
          <span className={status === "ok" ? "sr-only" : `font-medium ${mark}`}>{word}: </span>
          {text}
        </p>
        {fix === null ? null : <p className="text-muted">{withCommands(fix)}</p>}
      </div>
    </li>
  );
}

/** What stands between backticks is to be typed. */
function withCommands(text: string): ReactNode {
  return text.split("`").map((part, at) =>
    at % 2 === 0 ? (
      part
    ) : (
      <code
        key={part}
        className="rounded-sm bg-sunken px-1 py-0.5 font-mono text-[0.92em] whitespace-nowrap text-ink"
      >
        {part}
      </code>
    ),
  );
}
