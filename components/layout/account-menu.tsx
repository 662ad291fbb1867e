import { paths } from "@/lib/routes";
import type { Theme } from "@/lib/shared/theme";
import type { Viewer } from "@/lib/shared/views";
import { Avatar } from "../ui/avatar";
import { Icon } from "../ui/icon";
import { currentMark } from "./navigation";
import { SignOutForms } from "./sign-out-forms";
import { ThemeSwitch } from "./theme-switch";

const menuId = "account-menu";

const links = [
  { path: paths.profileSettings, icon: "settings", text: "Settings" },
  { path: paths.sessions, icon: "devices", text: "Sessions" },
  { path: paths.identities, icon: "link", text: "Connected identities" },
] as const;

interface AccountMenuProps {
  viewer: Viewer;
  pathname: string | null;
  theme: Theme;
  chooseTheme: (form: FormData) => Promise<void>;
}

/** Who is signed in, and what they can do about it. A popover of the browser's own: no script opens or closes it. */
export function AccountMenu({ viewer, pathname, theme, chooseTheme }: AccountMenuProps) {
  return (
    <>
      <button
        type="button"
        popoverTarget={menuId}
        className="ms-auto inline-flex min-h-11 items-center gap-2 rounded-control px-2 text-sm font-medium hover:bg-sunken"
      >
        <Avatar viewer={viewer} size="small" />
        <span className="sr-only">Account menu of </span>
        <span className="max-w-36 truncate max-sm:sr-only">{viewer.displayName}</span>
        <Icon name="chevron-down" className="size-4 text-muted max-sm:hidden" />
      </button>
      <div
        id={menuId}
        popover="auto"
        role="group"
        aria-label="Account"
        className="menu-popover w-72 max-w-[calc(100vw-2rem)] sm:menu-anchored"
      >
        <div className="border-b border-line px-4 py-3">
          <p className="font-medium wrap-anywhere">{viewer.displayName}</p>
          {viewer.email ? <p className="mt-0.5 text-sm wrap-anywhere text-muted">{viewer.email}</p> : null}
        </div>
        <div className="border-b border-line p-2">
          {links.map(({ path, icon, text }) => (
            <a
              key={path}
              href={path}
              aria-current={currentMark(pathname, path)}
              className="flex min-h-11 items-center gap-3 rounded-control px-2 text-sm hover:bg-sunken aria-[current]:font-medium"
            >
              <Icon name={icon} className="size-5 text-muted" />
              {text}
            </a>
          ))}
          <div className="px-2 pt-1 pb-2">
            <ThemeSwitch theme={theme} action={chooseTheme} />
          </div>
        </div>
        <div className="p-2">
          <SignOutForms providerName={viewer.provider?.name ?? null} />
        </div>
      </div>
    </>
  );
}
