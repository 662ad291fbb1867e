import { currentMark, type Tab } from "./navigation";

/** The row of links above every page of a part of the site; on a phone it takes as many lines as it needs. */
export function SectionNav({
  label,
  tabs,
  pathname,
}: {
  label: string;
  tabs: readonly Tab[];
  pathname: string | null;
}) {
  return (
    <nav aria-label={label} className="mb-8 border-b border-line">
      <ul className="-mb-px flex flex-wrap gap-x-1">
        {tabs.map(({ path, label: name, tree }) => (
          <li key={path}>
            <a
              href={path}
              aria-current={currentMark(pathname, path, tree)}
              className="flex min-h-11 items-center border-b-2 border-transparent px-3 text-sm font-medium text-muted hover:text-ink aria-[current]:border-b-accent aria-[current]:text-ink"
            >
              {name}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
