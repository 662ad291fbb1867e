import type { SessionView } from "@/lib/shared/views";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { Item } from "../ui/item-list";
import { Timestamp } from "../ui/timestamp";

interface SessionItemProps {
  session: Pick<SessionView, "id" | "device" | "address" | "createdAt" | "lastSeenAt">;
  /** With what the person signed in, for whoever reads the list. */
  way: string;
  /** True for the session in use, which has no button: "Log out" ends it. */
  current?: boolean;
  /** Ends the session; null for somebody who may not. */
  end: ((form: FormData) => Promise<void>) | null;
  /** Whose session it is, where that is not the viewer. */
  userId?: string;
  /** Stands behind what is said of the sign-in. */
  note?: string | null;
}

/** One device in the list. */
export function SessionItem({ session, way, current = false, end, userId, note = null }: SessionItemProps) {
  const { id, device, address, createdAt, lastSeenAt } = session;
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
        current || end === null ? null : (
          <form action={end}>
            {userId === undefined ? null : <input type="hidden" name="userId" value={userId} />}
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
        {note === null ? null : `. ${note}`}
      </p>
    </Item>
  );
}
