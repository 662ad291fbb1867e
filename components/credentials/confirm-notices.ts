import { confirmNotices, type ConfirmNotice } from "@/lib/routes";
import type { NoticeTone } from "../ui/notice";

const notices: Readonly<Record<ConfirmNotice, { readonly tone: NoticeTone; readonly text: string }>> = {
  cancelled: { tone: "info", text: "You cancelled. Nothing was changed." },
  confirmed_as_another: {
    tone: "warning",
    text: "That was somebody else's account. Use the one that belongs to you here.",
  },
  confirmed_too_long_ago: {
    tone: "warning",
    text: "Your identity provider did not ask you to log in again, so this does not count. Try once more, or another way.",
  },
};

/** What `?notice=` on the page says. Only these: the address bar never puts words on the page. */
export function confirmNotice(code: unknown) {
  const known = confirmNotices.find((name) => name === code);
  return known === undefined ? null : notices[known];
}
