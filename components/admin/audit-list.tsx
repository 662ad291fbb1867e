import type { ReactNode } from "react";
import type { AuditPerson, AuditRow } from "@/lib/shared/audit";
import { Fact, Facts } from "../profile/facts";
import { Icon } from "../ui/icon";
import { Timestamp } from "../ui/timestamp";

/** Rows of the audit log; each opens to show all that it holds. */
export function AuditList({ rows, label }: { rows: readonly AuditRow[]; label: string }) {
  return (
    <ul aria-labelledby={label} className="divide-y divide-line rounded-card border border-line bg-surface">
      {rows.map((row) => (
        <li key={row.id}>
          <details className="group">
            <summary className="flex min-h-11 list-none items-start gap-3 px-4 py-3 hover:bg-sunken [&::-webkit-details-marker]:hidden">
              <Icon
                name="chevron-right"
                className="mt-1 size-4 shrink-0 text-muted transition-transform duration-100 group-open:rotate-90"
              />
              <span className="grid min-w-0 flex-1 gap-x-4 sm:grid-cols-[minmax(0,1fr)_auto]">
                <code className="font-mono text-sm font-medium wrap-anywhere">{row.event}</code>
                <span className="text-sm text-muted sm:text-end">
                  <Timestamp at={row.at} />
                </span>
                <span className="text-sm wrap-anywhere text-muted sm:col-span-2">{inWords(row)}</span>
              </span>
            </summary>
            <div className="border-t border-line px-4 pb-2 sm:ps-11">
              <Details row={row} />
            </div>
          </details>
        </li>
      ))}
    </ul>
  );
}

function inWords({ actor, actorName, subject, address, details }: AuditRow): string {
  const who = actor ? nameOf(actor) : (actorName ?? "Nobody known");
  const whom = subject && subject.id !== actor?.id ? ` · to ${nameOf(subject)}` : "";
  const what = ["change", "reason", "permission", "method"].map((name) => details[name]);
  const told = what.find((value) => typeof value === "string");
  return [`${who}${whom}`, told, address].filter((part) => typeof part === "string").join(" · ");
}

function nameOf({ id, name }: AuditPerson): string {
  return name ?? `an account that is gone (${id.slice(0, 8)})`;
}

function Details({ row }: { row: AuditRow }) {
  return (
    <Facts>
      <Fact label="Time">{row.at.toISOString()}</Fact>
      <Fact label="Done by">{person(row.actor) ?? row.actorName ?? "Nobody known"}</Fact>
      <Fact label="Done to">{person(row.subject) ?? "Nobody"}</Fact>
      <Fact label="IP address">{row.address ?? "Not known"}</Fact>
      <Fact label="Request">
        <code className="font-mono text-sm">{row.requestId}</code>
      </Fact>
      {row.sessionId ? (
        <Fact label="Session">
          <code className="font-mono text-sm">{row.sessionId}</code>
        </Fact>
      ) : null}
      <Fact label="Row">
        <code className="font-mono text-sm">{row.id}</code>
      </Fact>
      <Fact label="Details">
        <pre className="overflow-x-auto font-mono text-sm whitespace-pre-wrap">
          {JSON.stringify(row.details, null, 2)}
        </pre>
      </Fact>
    </Facts>
  );
}

function person(one: AuditPerson | null): ReactNode {
  if (one === null) return null;
  return (
    <>
      {one.name ?? "An account that is gone"}{" "}
      <code className="block font-mono text-sm text-muted">{one.id}</code>
    </>
  );
}
