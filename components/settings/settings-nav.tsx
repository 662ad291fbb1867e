import { paths } from "@/lib/routes";
import { currentMark } from "../layout/navigation";

/** The pages of settings, in the order of their links. */
const pages = [
  { path: paths.profileSettings, label: "Profile" },
  { path: paths.emailSettings, label: "E-mail" },
  { path: paths.security, label: "Security" },
  { path: paths.sessions, label: "Sessions" },
  { path: paths.identities, label: "Identities" },
  { path: paths.activity, label: "Activity" },
  { path: paths.account, label: "Account" },
] as const;

/** The row of links above every page of settings; on a phone it takes as many lines as it needs. */
export function SettingsNav({ pathname }: { pathname: string | null }) {
  return (
    <nav aria-label="Settings" className="mb-8 border-b border-line">
      <ul className="-mb-px flex flex-wrap gap-x-1">
        {pages.map(({ path, label }) => (
          <li key={path}>
            <a
              href={path}
              aria-current={currentMark(pathname, path)}
              className="flex min-h-11 items-center border-b-2 border-transparent px-3 text-sm font-medium text-muted hover:text-ink aria-[current]:border-b-accent aria-[current]:text-ink"
            >
              {label}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
