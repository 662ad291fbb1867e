import type { IdentityView } from "@/lib/shared/views";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { Item } from "../ui/item-list";
import { Timestamp } from "../ui/timestamp";
import { shortSubject } from "./short-subject";

interface IdentityItemProps {
  identity: IdentityView;
  disconnect: (form: FormData) => Promise<void>;
}

/** One identity in the list. The last way in has no button, and says why. */
export function IdentityItem({ identity, disconnect }: IdentityItemProps) {
  const { id, providerName, subject, email, linkedAt, lastUsedAt, current, offered, last } = identity;
  return (
    <Item
      icon="link"
      title={
        <>
          {providerName}
          {current ? <Badge tone="success">Logged in with this</Badge> : null}
          {offered ? null : <Badge tone="warning">No longer offered here</Badge>}
        </>
      }
      action={
        last ? null : (
          <form action={disconnect}>
            <input type="hidden" name="identityId" value={id} />
            <Button size="small" variant="danger">
              Disconnect
              <span className="sr-only"> {`${providerName}, ${email ?? shortSubject(subject)}`}</span>
            </Button>
          </form>
        )
      }
    >
      {email ? <p className="mt-1 text-sm wrap-anywhere">{email}</p> : null}
      <p className="mt-0.5 text-sm wrap-anywhere text-muted">
        Account <span className="font-mono">{shortSubject(subject)}</span>
      </p>
      <p className="mt-0.5 text-sm text-muted">
        Connected on <Timestamp at={linkedAt} />
      </p>
      <p className="mt-0.5 text-sm text-muted">
        Last used on <Timestamp at={lastUsedAt} />
      </p>
      {last ? (
        <p className="mt-2 text-sm text-muted">
          This is your only way to log in. Connect another before you disconnect it.
        </p>
      ) : current ? (
        <p className="mt-2 text-sm text-muted">Disconnecting it logs you out.</p>
      ) : null}
    </Item>
  );
}
