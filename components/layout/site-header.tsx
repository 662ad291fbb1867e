import type { Theme } from "@/lib/shared/theme";
import type { Viewer } from "@/lib/shared/views";
import { Icon } from "../ui/icon";
import { AccountMenu } from "./account-menu";
import { Brand } from "./brand";
import { SiteMenu } from "./site-menu";

const menuId = "site-menu";

interface SiteHeaderProps {
  viewer: Viewer | null;
  /** False while nobody can sign in because the records cannot be asked. */
  canSignIn: boolean;
  /** The path of the page shown, null where it is not known. */
  pathname: string | null;
  theme: Theme;
  chooseTheme: (form: FormData) => Promise<void>;
}

/**
 * The bar on every page. Its links are plain: each one loads a page anew, so that the bar always shows what the server
 * decided for this very request, and no JavaScript is needed to keep it true.
 */
export function SiteHeader({ viewer, canSignIn, pathname, theme, chooseTheme }: SiteHeaderProps) {
  return (
    <header className="sticky top-0 z-10 border-b border-line bg-canvas">
      <div className="column flex h-14 items-center gap-2 sm:gap-6">
        <Brand />
        <SiteMenu id={menuId} viewer={viewer} canSignIn={canSignIn} pathname={pathname} />
        {viewer ? (
          <AccountMenu viewer={viewer} pathname={pathname} theme={theme} chooseTheme={chooseTheme} />
        ) : null}
        <button
          type="button"
          popoverTarget={menuId}
          className={`inline-flex size-11 items-center justify-center rounded-control text-muted hover:bg-sunken hover:text-ink sm:hidden ${viewer ? "" : "ms-auto"}`}
        >
          <Icon name="menu" className="size-6" />
          <span className="sr-only">Menu</span>
        </button>
      </div>
    </header>
  );
}
