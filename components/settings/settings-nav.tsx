import { paths } from "@/lib/routes";
import { SectionNav } from "../layout/section-nav";

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

/** The row of links above every page of settings. */
export function SettingsNav({ pathname }: { pathname: string | null }) {
  return <SectionNav label="Settings" tabs={pages} pathname={pathname} />;
}
