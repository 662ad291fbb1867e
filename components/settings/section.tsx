import type { ReactNode } from "react";

interface SectionProps {
  title: string;
  /** A sentence on what it is for. */
  about?: ReactNode;
  children: ReactNode;
}

/** One thing that can be set, with a heading of its own. */
export function Section({ title, about, children }: SectionProps) {
  return (
    <section className="border-t border-line py-8 first-of-type:border-t-0 first-of-type:pt-0">
      <h2 className="text-lg font-semibold">{title}</h2>
      {about ? <p className="mt-1 max-w-[60ch] text-sm text-muted">{about}</p> : null}
      <div className="mt-5 max-w-md">{children}</div>
    </section>
  );
}
