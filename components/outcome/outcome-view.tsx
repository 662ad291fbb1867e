import type { ReactNode } from "react";

interface OutcomeViewProps {
  /** The HTTP status, shown small: it helps whoever is asked for help. */
  status: number;
  title: string;
  children: ReactNode;
  actions: ReactNode;
  /** Finds the line in the log. */
  reference?: string | null;
}

/** Every page that ends badly: what happened in plain words, what to do next, and a reference to tell. */
export function OutcomeView({ status, title, children, actions, reference }: OutcomeViewProps) {
  return (
    <div className="max-w-[60ch]">
      {status < 400 ? null : <p className="text-sm font-medium text-muted">Error {status}</p>}
      <h1 className="mt-2 text-2xl font-semibold tracking-tight wrap-break-word sm:text-3xl">{title}</h1>
      <div className="mt-4 space-y-3 wrap-anywhere text-muted">{children}</div>
      <div className="mt-8 flex flex-wrap gap-3">{actions}</div>
      {reference ? (
        <p className="mt-10 border-t border-line pt-4 text-sm text-muted">
          Reference: <code className="font-mono wrap-anywhere text-ink select-all">{reference}</code>
        </p>
      ) : null}
    </div>
  );
}
