import { Icon, type IconName } from "./ui/icon";

interface Shortcut {
  readonly path: string;
  readonly icon: IconName;
  readonly title: string;
  readonly about: string;
}

/** A list of places to go on to. */
export function Shortcuts({ label, items }: { label: string; items: readonly Shortcut[] }) {
  return (
    <ul
      aria-label={label}
      className="divide-y divide-line overflow-hidden rounded-card border border-line bg-surface"
    >
      {items.map(({ path, icon, title, about }) => (
        <li key={path}>
          <a
            href={path}
            className="flex items-center gap-4 px-5 py-4 -outline-offset-2! transition-colors duration-100 hover:bg-sunken"
          >
            <Icon name={icon} className="size-5 text-muted" />
            <span className="min-w-0 flex-1">
              <span className="block font-medium">{title}</span>
              <span className="block text-sm text-muted">{about}</span>
            </span>
            <Icon name="chevron-right" className="size-4 text-muted" />
          </a>
        </li>
      ))}
    </ul>
  );
}
