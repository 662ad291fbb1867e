import type { ReactNode } from "react";
import { ButtonLink } from "./button";

interface EmptyListProps {
  title: string;
  /** What to do about it. */
  children: ReactNode;
  /** The way to where there is something. */
  action: { readonly label: string; readonly href: string };
}

/** Stands where a list would, when nothing is in it. */
export function EmptyList({ title, children, action }: EmptyListProps) {
  return (
    <div className="rounded-card border border-line bg-surface px-6 py-12 text-center">
      <p className="font-medium">{title}</p>
      <p className="mt-1 text-sm text-muted">{children}</p>
      <ButtonLink href={action.href} className="mt-5">
        {action.label}
      </ButtonLink>
    </div>
  );
}
