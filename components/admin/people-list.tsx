import { adminUserPath } from "@/lib/routes-admin";
import type { PersonRow } from "@/lib/shared/people";
import { Avatar } from "../ui/avatar";
import { Badge } from "../ui/badge";
import { Day } from "../ui/timestamp";
import { bulkFormId } from "./bulk-bar";
import { StatusBadge } from "./person-status";

/** People, a line each; on a phone a card each. */
export function PeopleList({ people, ticked }: { people: readonly PersonRow[]; ticked: boolean }) {
  return (
    <ul aria-labelledby="people" className="divide-y divide-line rounded-card border border-line bg-surface">
      {people.map((person) => (
        <PersonItem key={person.id} person={person} ticked={ticked} />
      ))}
    </ul>
  );
}

function PersonItem({ person, ticked }: { person: PersonRow; ticked: boolean }) {
  const { id, displayName, email, emailVerified, username, roles, status, createdAt, lastSeenAt } = person;
  const notable = roles.filter((role) => role !== "user");
  return (
    <li className="relative isolate grid gap-x-6 gap-y-2 px-4 py-3 hover:bg-sunken has-focus-visible:bg-sunken sm:grid-cols-[minmax(0,1fr)_10rem_9rem] sm:items-center">
      <div className="flex min-w-0 items-center gap-3">
        {ticked ? (
          <label className="relative z-10 -m-3 flex shrink-0 cursor-pointer p-3">
            <input
              type="checkbox"
              name="id"
              value={id}
              form={bulkFormId}
              className="size-6 scroll-mb-32 accent-accent"
            />
            <span className="sr-only">Choose {displayName}</span>
          </label>
        ) : null}
        <Avatar viewer={person} size="small" />
        <div className="min-w-0">
          <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <a
              href={adminUserPath(id)}
              className="scroll-mb-32 font-medium wrap-anywhere after:absolute after:inset-0 after:rounded-control"
            >
              {displayName}
            </a>
            <StatusBadge status={status} />
            {notable.map((role) => (
              <Badge key={role} tone="accent">
                {role}
              </Badge>
            ))}
          </p>
          <p className="text-sm wrap-anywhere text-muted">
            {email ?? username ?? "No address"}
            {email !== null && !emailVerified ? " · not confirmed" : null}
          </p>
        </div>
      </div>
      <p className="text-sm text-muted max-sm:ps-10">{waysOf(person)}</p>
      <p className="text-sm text-muted max-sm:ps-10">
        {lastSeenAt === null ? (
          "Never seen"
        ) : (
          <>
            Seen <Day at={lastSeenAt} />
          </>
        )}
        <span className="block text-xs">
          Joined <Day at={createdAt} />
        </span>
      </p>
    </li>
  );
}

function waysOf({ password, providers }: PersonRow): string {
  const ways = [...(password ? ["Password"] : []), ...providers];
  return ways.length === 0 ? "No way in yet" : ways.join(", ");
}
