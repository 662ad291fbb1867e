import { currentMark, type Tab } from "./navigation";

/**
 * The row of links above every page of a part of the site. Where it is wider than the screen it scrolls; browsers that
 * know `scroll-initial-target` begin with the link of the page in use in sight.
 */
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
    <nav aria-label={label} className="mb-8 border-b border-line max-sm:-mx-4">
      <ul className="-mb-px flex scroll-px-28 [scrollbar-width:none] gap-x-1 overflow-x-auto max-sm:px-1">
        {tabs.map(({ path, label: name, tree }) => (
          <li key={path} className="shrink-0 has-aria-[current]:[scroll-initial-target:nearest]">
            <a
              href={path}
              aria-current={currentMark(pathname, path, tree)}
              className="flex min-h-11 items-center border-b-2 border-transparent px-3 text-sm font-medium whitespace-nowrap text-muted -outline-offset-2 hover:text-ink aria-[current]:border-b-accent aria-[current]:text-ink"
            >
              {name}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
