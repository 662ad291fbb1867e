import type { ReactNode } from "react";

/** The one `h1` of a page, with a sentence or two about what the page is. */
export function PageHeading({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="mb-8 max-w-[72ch]">
      <h1 className="text-2xl font-semibold tracking-tight wrap-break-word sm:text-3xl">{title}</h1>
      {children ? <p className="mt-3 text-muted">{children}</p> : null}
    </div>
  );
}
