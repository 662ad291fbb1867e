import type { PendingIdentityView, Viewer } from "@/lib/shared/views";
import { Button } from "../ui/button";
import { Card } from "../ui/card";
import { shortSubject } from "./short-subject";

interface ConnectIdentityProps {
  pending: PendingIdentityView;
  viewer: Viewer;
  connect: () => Promise<void>;
  leave: () => Promise<void>;
}

/** Asks whether the identity that waits is the viewer's own. What the provider says is shown as its word. */
export function ConnectIdentity({ pending, viewer, connect, leave }: ConnectIdentityProps) {
  const { providerName, name, email, subject } = pending;
  const facts = [
    ["Name", name],
    ["E-mail", email],
    ["Account", shortSubject(subject)],
  ] as const;
  return (
    <div className="mx-auto w-full max-w-md">
      <h1 className="mb-6 text-center text-2xl font-semibold tracking-tight">Connect {providerName}?</h1>
      <Card>
        <p className="text-muted">Whoever logs in at {providerName} with this account</p>
        <dl className="my-4 space-y-2 rounded-control bg-sunken px-4 py-3 text-sm">
          {facts.map(([label, value]) =>
            value === null ? null : (
              <div key={label} className="flex gap-4">
                <dt className="w-16 shrink-0 text-muted">{label}</dt>
                <dd className="min-w-0 wrap-anywhere">{value}</dd>
              </div>
            ),
          )}
        </dl>
        <p className="text-muted">
          will be logged in here as{" "}
          <span className="font-medium wrap-anywhere text-ink">{viewer.email ?? viewer.displayName}</span>.
          Connect it only if it is yours.
        </p>
        <div className="mt-6 space-y-3">
          <form action={connect}>
            <Button variant="primary" wide>
              Connect
            </Button>
          </form>
          <form action={leave}>
            <Button wide>Do not connect</Button>
          </form>
        </div>
      </Card>
    </div>
  );
}
