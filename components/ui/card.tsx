import { clsx } from "clsx";
import type { ReactNode } from "react";

/** A raised surface for one thing. */
export function Card({ children, className }: { children: ReactNode; className?: string }) {
  return (
    <div className={clsx("rounded-card border border-line bg-surface", className ?? "p-5 sm:p-6")}>
      {children}
    </div>
  );
}
