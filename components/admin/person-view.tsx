import type { ReactNode } from "react";
import type { PersonDetails } from "@/lib/shared/people";
import { Fact, Facts } from "../profile/facts";
import { Badge } from "../ui/badge";
import { Code } from "../ui/code";
import { Notice } from "../ui/notice";
import { PortraitHeading } from "../ui/portrait-heading";
import { Day, Timestamp } from "../ui/timestamp";

/** Who it is, and what is out of the ordinary. */
export function PersonHeading({ person }: { person: PersonDetails }) {
  const { email, suspension, deletionDueAt, locked, roles } = person;
  const notable = [...new Set(roles.map(({ role }) => role))].filter((role) => role !== "user");
  return (
    <PortraitHeading
      person={person}
      beneath={email === null ? null : <p className="mt-1 wrap-anywhere text-muted">{email}</p>}
      badges={
        <>
          {suspension === null ? null : <Badge tone="warning">Suspended</Badge>}
          {deletionDueAt === null ? null : <Badge tone="warning">To be deleted</Badge>}
          {locked ? <Badge tone="warning">Locked</Badge> : null}
          {notable.map((role) => (
            <Badge key={role} tone="accent">
              {role}
            </Badge>
          ))}
        </>
      }
    />
  );
}

/** What keeps the person from logging in, in a sentence each. */
export function PersonStanding({ person: { suspension, deletionDueAt, locked } }: { person: PersonDetails }) {
  const notices: ReactNode[] = [];
  if (suspension !== null)
    notices.push(
      <>
        Suspended
        {suspension.since === null ? null : (
          <>
            {" "}
            since <Timestamp at={suspension.since} />
          </>
        )}
        {suspension.until === null ? null : (
          <>
            , until <Timestamp at={suspension.until} />
          </>
        )}
        {suspension.reason === null ? "." : `: ${suspension.reason}`}
      </>,
    );
  if (deletionDueAt !== null)
    notices.push(
      <>
        Everything is deleted on <Timestamp at={deletionDueAt} />, unless they log in before then.
      </>,
    );
  if (locked)
    notices.push(
      "Too many wrong passwords were tried under this name. Until the lock is lifted no password is accepted.",
    );
  if (notices.length === 0) return null;
  return (
    <div className="mb-8 space-y-3">
      {notices.map((notice, index) => (
        <Notice key={index} tone="warning">
          <p className="wrap-anywhere">{notice}</p>
        </Notice>
      ))}
    </div>
  );
}

/** The account in words. */
export function PersonFacts({ person }: { person: PersonDetails }) {
  const { id, username, email, emailVerifiedAt, createdAt, lastSeenAt, passwordChangedAt } = person;
  const { openInvitation, openReset, permissions } = person;
  return (
    <Facts>
      <Fact label="User name">{username ?? "None"}</Fact>
      <Fact label="E-mail">
        {email ?? "None"}
        {email === null ? null : (
          <span className="block text-sm text-muted">
            {emailVerifiedAt === null ? (
              "Not confirmed"
            ) : (
              <>
                Confirmed on <Day at={emailVerifiedAt} />
              </>
            )}
          </span>
        )}
      </Fact>
      <Fact label="Password">
        {passwordChangedAt === null ? (
          "None"
        ) : (
          <>
            Set on <Day at={passwordChangedAt} />
          </>
        )}
        {openInvitation === null ? null : (
          <span className="block text-sm text-muted">
            Invited; the link works until <Timestamp at={openInvitation} />
          </span>
        )}
        {openReset === null ? null : (
          <span className="block text-sm text-muted">
            A link to choose another works until <Timestamp at={openReset} />
          </span>
        )}
      </Fact>
      <Fact label="Joined">
        <Timestamp at={createdAt} />
      </Fact>
      <Fact label="Last seen">{lastSeenAt === null ? "Never" : <Timestamp at={lastSeenAt} />}</Fact>
      <Fact label="May">
        {permissions.length === 0 ? "Nothing" : null}
        <span className="flex flex-wrap gap-x-3 gap-y-1">
          {permissions.map((permission) => (
            <Code key={permission}>{permission}</Code>
          ))}
        </span>
      </Fact>
      <Fact label="Id">
        <span className="font-mono text-sm">{id}</span>
      </Fact>
    </Facts>
  );
}
