import type { ReactNode } from "react";
import { Card } from "../ui/card";

interface CredentialCardProps {
  title: string;
  /** A calm line on why the person is here. */
  status?: ReactNode;
  /** What the person is asked for, when the title does not say it all. */
  intro?: string;
  /** The buttons of the identity providers. */
  providers: readonly ReactNode[];
  /** The form for a password; null when there is none. */
  children: ReactNode;
  footer: ReactNode;
}

/** The narrow card wherever somebody proves who they are: identity providers first, then the local account. */
export function CredentialCard({ title, status, intro, providers, children, footer }: CredentialCardProps) {
  return (
    <div className="mx-auto w-full max-w-md">
      <h1 className="mb-6 text-center text-2xl font-semibold tracking-tight">{title}</h1>
      {status ? <div className="mb-6 has-[>:empty]:mb-0">{status}</div> : null}
      <Card>
        {intro ? <p className="mb-6 text-muted">{intro}</p> : null}
        {providers.length > 0 ? <div className="space-y-3">{providers}</div> : null}
        {providers.length > 0 && children !== null ? (
          <div className="my-6 flex items-center gap-4 text-sm text-muted" role="separator">
            <span className="h-px flex-1 bg-line" />
            or
            <span className="h-px flex-1 bg-line" />
          </div>
        ) : null}
        {children}
      </Card>
      <p className="mt-6 text-center text-sm text-muted">{footer}</p>
    </div>
  );
}
