import type { SessionView } from "@/lib/shared/views";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { Icon } from "../ui/icon";
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
    <li className="flex flex-wrap items-start justify-between gap-4 p-5">
      <div className="flex min-w-0 gap-4">
        <Icon name="devices" className="mt-0.5 size-5 text-muted" />
        <div className="min-w-0">
          <h3 className="flex flex-wrap items-center gap-2 font-medium wrap-anywhere">
            {device}
            {current ? <Badge tone="success">This device</Badge> : null}
          </h3>
          <p className="mt-1 text-sm text-muted">
            Last active <Timestamp at={lastSeenAt} />
            {address ? `, from ${address}` : null}
          </p>
          <p className="mt-0.5 text-sm text-muted">
            Signed in with {way} on <Timestamp at={createdAt} />
          </p>
        </div>
      </div>
      {current ? null : (
        <form action={end} className="max-sm:w-full max-sm:ps-9">
          <input type="hidden" name="sessionId" value={id} />
          <Button size="small" variant="danger">
            End session<span className="sr-only"> on {device}</span>
          </Button>
        </form>
      )}
    </li>
  );
}
