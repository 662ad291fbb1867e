import { paths } from "@/lib/routes";
import type { Viewer } from "@/lib/shared/views";
import { ButtonLink } from "../ui/button";
import { currentMark, tabsFor } from "./navigation";

interface SiteMenuProps {
  id: string;
  viewer: Viewer | null;
  canSignIn: boolean;
  pathname: string | null;
}

/**
 * Tabs and, signed out, the two ways in. One piece of markup: a row in the bar where there is room, and on a phone a
 * popover that the menu button opens, which the browser closes on Escape and on a click elsewhere.
 */
export function SiteMenu({ id, viewer, canSignIn, pathname }: SiteMenuProps) {
  return (
    <div id={id} popover="auto" className={menuLook}>
      <nav aria-label="Main" className="sm:h-full">
        <ul className="flex flex-col sm:h-full sm:flex-row sm:gap-1">
          {tabsFor(viewer).map(({ path, label, tree }) => (
            <li key={path}>
              <a href={path} aria-current={currentMark(pathname, path, tree)} className={tabLook}>
                {label}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {!viewer && canSignIn ? (
        <div className="flex flex-col gap-2 max-sm:mt-2 max-sm:border-t max-sm:border-line max-sm:p-2 max-sm:pt-4 sm:flex-row">
          <ButtonLink href={paths.signUp} size="small" aria-current={currentMark(pathname, paths.signUp)}>
            Sign up
          </ButtonLink>
          <ButtonLink
            href={paths.login}
            size="small"
            variant="primary"
            aria-current={currentMark(pathname, paths.login)}
          >
            Log in
          </ButtonLink>
        </div>
      ) : null}
    </div>
  );
}

/** A popover while it is open, even if a phone is turned meanwhile; else a row of the bar. */
const menuLook = [
  "open:menu-popover open:w-64 open:max-w-[calc(100vw-2rem)] open:p-2",
  "sm:not-open:static sm:not-open:flex sm:not-open:h-full sm:not-open:flex-1 sm:not-open:items-center sm:not-open:justify-between",
  "sm:not-open:gap-4 sm:not-open:overflow-visible sm:not-open:bg-transparent sm:not-open:text-inherit",
].join(" ");

const tabLook = [
  "flex items-center text-muted hover:text-ink aria-[current]:text-ink",
  "max-sm:min-h-11 max-sm:rounded-control max-sm:border-s-4 max-sm:border-transparent max-sm:px-3 max-sm:hover:bg-sunken max-sm:aria-[current]:rounded-s-none max-sm:aria-[current]:border-accent max-sm:aria-[current]:font-medium",
  "sm:h-full sm:border-y-2 sm:border-transparent sm:px-2.5 sm:text-sm sm:font-medium sm:aria-[current]:border-b-accent",
].join(" ");
