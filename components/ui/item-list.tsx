import type { ReactNode } from "react";
import { Icon, type IconName } from "./icon";

/** A list of like things between lines; `labelledBy` is the id of its heading. */
export function ItemList({ labelledBy, children }: { labelledBy: string; children: ReactNode }) {
  return (
    <ul
      aria-labelledby={labelledBy}
      className="divide-y divide-line rounded-card border border-line bg-surface"
    >
      {children}
    </ul>
  );
}

interface ItemProps {
  icon: IconName;
  title: ReactNode;
  /** A form with the button of the item, if it has one: beside it, on a phone beneath it. */
  action: ReactNode;
  children: ReactNode;
}

/** One thing in an `ItemList`, which something can be done with. */
export function Item({ icon, title, action, children }: ItemProps) {
  return (
    <li className="flex flex-wrap items-start justify-between gap-4 p-5">
      <div className="flex min-w-0 gap-4">
        <Icon name={icon} className="mt-0.5 size-5 text-muted" />
        <div className="min-w-0">
          <h3 className="flex flex-wrap items-center gap-2 font-medium wrap-anywhere">{title}</h3>
          {children}
        </div>
      </div>
      {action ? <div className="max-sm:w-full max-sm:ps-9">{action}</div> : null}
    </li>
  );
}
