import type {
  PersonEventView,
  PersonIdentityView,
  PersonRoleView,
  PersonSessionView,
} from "@/lib/shared/people";
import { shortSubject } from "../identities/short-subject";
import { SessionItem } from "../sessions/session-item";
import { wayOf } from "../sessions/way-of";
import { Button } from "../ui/button";
import { Code } from "../ui/code";
import { Item, ItemList } from "../ui/item-list";
import { Timestamp } from "../ui/timestamp";

type Act = (form: FormData) => Promise<void>;

/** The roles of a person, and where each comes from. `revoke` is null for who may not take any. */
export function PersonRoles({
  userId,
  roles,
  revoke,
}: {
  userId: string;
  roles: readonly PersonRoleView[];
  revoke: Act | null;
}) {
  if (roles.length === 0) return <p className="text-muted">No role.</p>;
  return (
    <ItemList labelledBy="roles">
      {roles.map(({ role, claimedBy, grantedBy, since }) => (
        <Item
          key={`${role} ${claimedBy ?? ""}`}
          icon="shield"
          title={role}
          action={
            revoke !== null && claimedBy === null ? (
              <form action={revoke}>
                <input type="hidden" name="userId" value={userId} />
                <input type="hidden" name="role" value={role} />
                <Button size="small" variant="danger">
                  Take away<span className="sr-only"> the role {role}</span>
                </Button>
              </form>
            ) : null
          }
        >
          <p className="mt-1 text-sm wrap-anywhere text-muted">
            {claimedBy === null
              ? grantedBy === null
                ? "Granted here"
                : `Granted by ${grantedBy}`
              : `Claimed by ${claimedBy}, which alone can take it away`}
            {", since "}
            <Timestamp at={since} />
          </p>
        </Item>
      ))}
    </ItemList>
  );
}

/** The identities of a person at providers. */
export function PersonIdentities({ identities }: { identities: readonly PersonIdentityView[] }) {
  if (identities.length === 0) return <p className="text-muted">None.</p>;
  return (
    <ItemList labelledBy="identities">
      {identities.map(({ id, providerName, issuer, subject, email, linkedAt, lastUsedAt }) => (
        <Item key={id} icon="link" title={providerName} action={null}>
          <p className="mt-1 text-sm wrap-anywhere text-muted" title={subject}>
            {shortSubject(subject)} at {issuer}
            {email === null ? null : <span className="block">{email}, as the provider says</span>}
          </p>
          <p className="mt-0.5 text-sm text-muted">
            Connected on <Timestamp at={linkedAt} />, last used <Timestamp at={lastUsedAt} />
          </p>
        </Item>
      ))}
    </ItemList>
  );
}

const tokenStates = {
  live: "API access is live",
  expired: "API access has expired",
  ended: "API access has ended",
} as const;

/** The live sessions of a person. `end` is null for who may not end them. */
export function PersonSessions({
  userId,
  sessions,
  end,
}: {
  userId: string;
  sessions: readonly PersonSessionView[];
  end: Act | null;
}) {
  if (sessions.length === 0) return <p className="text-muted">Signed in nowhere.</p>;
  return (
    <ItemList labelledBy="sessions">
      {sessions.map((session) => (
        <SessionItem
          key={session.id}
          session={session}
          way={session.method === "email" ? "a mail" : wayOf(session.method, session.providerName)}
          end={end}
          userId={userId}
          note={session.tokens === null ? null : tokenStates[session.tokens]}
        />
      ))}
    </ItemList>
  );
}

/** What happened to a person, the newest first. */
export function PersonEvents({ events }: { events: readonly PersonEventView[] }) {
  if (events.length === 0) return <p className="text-muted">Nothing yet.</p>;
  return (
    <ItemList labelledBy="events">
      {events.map(({ id, at, event, about, by, address }) => (
        <li key={id} className="px-5 py-3 text-sm">
          <p className="flex flex-wrap gap-x-3 wrap-anywhere">
            <Code>{event}</Code>
            {about}
          </p>
          <p className="mt-0.5 wrap-anywhere text-muted">
            <Timestamp at={at} />
            {by === "nobody" ? null : by === "themselves" ? ", by themselves" : `, by ${by.name}`}
            {address ? `, from ${address}` : null}
          </p>
        </li>
      ))}
    </ItemList>
  );
}
