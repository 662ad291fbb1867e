import type { ReactNode } from "react";

/** The end of every page. */
export function SiteFooter({ children }: { children?: ReactNode }) {
  return (
    <footer className="mt-16 border-t border-line">
      <div className="column flex flex-wrap items-center justify-between gap-x-8 gap-y-4 py-6">
        <p className="text-sm text-muted">
          Gatehouse: signs people in, and lets them only where they may go.
        </p>
        {children}
      </div>
    </footer>
  );
}
