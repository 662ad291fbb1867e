import { paths } from "./routes";

/** What the settings of the address say: `?notice=`. */
export const emailNotices = ["sent", "changed", "wait"] as const;

export type EmailNotice = (typeof emailNotices)[number];

/** The settings of the address with word of what was just done. */
export function emailSettingsPath(notice: EmailNotice): string {
  return `${paths.emailSettings}?notice=${notice}`;
}

/** What the page about confirming an address says: `?notice=`. */
export const confirmEmailNotices = ["sent", "wait", "confirmed"] as const;

export type ConfirmEmailNotice = (typeof confirmEmailNotices)[number];

/** The page about confirming an address, with word of what was just done. */
export function confirmEmailPath(notice: ConfirmEmailNotice): string {
  return `${paths.confirmEmail}?notice=${notice}`;
}
