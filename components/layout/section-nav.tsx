import { currentMark, type Tab } from "./navigation";

/** The current one stays in sight at the edge, upon a ground that leaves nothing of what it covers beside it. */
const tabClass =
  "shrink-0 has-aria-[current]:sticky has-aria-[current]:inset-x-0 has-aria-[current]:before:absolute has-aria-[current]:before:-inset-x-1 has-aria-[current]:before:top-0 has-aria-[current]:before:bottom-px has-aria-[current]:before:bg-canvas";

/**
 * The row of links above every page of a part of the site. Where it is wider than the screen it scrolls, and the link of
 * the page in use stays in sight at its edge.
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
          <li key={path} className={tabClass}>
            <a
              href={path}
              aria-current={currentMark(pathname, path, tree)}
              className="relative flex min-h-11 items-center border-b-2 border-transparent px-3 text-sm font-medium whitespace-nowrap text-muted -outline-offset-2 hover:text-ink aria-[current]:border-b-accent aria-[current]:text-ink"
            >
              {name}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
