import type { SessionView } from "@/lib/shared/views";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { Item } from "../ui/item-list";
import { Timestamp } from "../ui/timestamp";
import { wayOf } from "./way-of";

interface SessionItemProps {
  session: SessionView;
  end: (form: FormData) => Promise<void>;
}

/** One device in the list. The session in use has no button: "Log out" ends it. */
export function SessionItem({ session, end }: SessionItemProps) {
  const { id, current, device, address, method, providerName, createdAt, lastSeenAt } = session;
  const way = wayOf(method, providerName);
  return (
    <Item
      icon="devices"
      title={
        <>
          {device}
          {current ? <Badge tone="success">This device</Badge> : null}
        </>
      }
      action={
        current ? null : (
          <form action={end}>
            <input type="hidden" name="sessionId" value={id} />
            <Button size="small" variant="danger">
              End session<span className="sr-only"> on {device}</span>
            </Button>
          </form>
        )
      }
    >
      <p className="mt-1 text-sm text-muted">
        Last active <Timestamp at={lastSeenAt} />
        {address ? `, from ${address}` : null}
      </p>
      <p className="mt-0.5 text-sm text-muted">
        Signed in with {way} on <Timestamp at={createdAt} />
      </p>
    </Item>
  );
}
