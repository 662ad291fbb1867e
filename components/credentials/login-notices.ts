import { loginNotices, type LoginNotice } from "@/lib/routes";
import type { NoticeTone } from "../ui/notice";

/** What `?notice=` on the login page says. Only these: the address bar never puts words on the page. */
const notices: Readonly<Record<LoginNotice, { readonly tone: NoticeTone; readonly text: string }>> = {
  "signed-out": { tone: "success", text: "You are logged out." },
  "session-ended": { tone: "info", text: "Your session has ended. Log in to go on." },
  connect: {
    tone: "info",
    text: "Log in the way you did before. You can then connect the identity you just used.",
  },
  "provider-logged-out": {
    tone: "info",
    text: "Your identity provider keeps one account logged in at a time, and has logged you out here. Log in with the account that you had before. You can then connect the one you just used.",
  },
  disconnected: { tone: "success", text: "The identity is disconnected, and you are logged out." },
  "deletion-asked": {
    tone: "info",
    text: "Your account is closed and will be deleted in 7 days. Log in before then to keep it.",
  },
  "password-reset": {
    tone: "success",
    text: "Your password is changed, and every session has ended. Log in with the new one.",
  },
  "email-restored": {
    tone: "success",
    text: "Your e-mail address is yours again, and every session has ended. The mail we just sent there says how to go on.",
  },
  cancelled: { tone: "info", text: "You cancelled the login. Nothing was changed." },
};

/** The words for a notice code, or for the bare fact that a page waits behind the login, or nothing. */
export function loginNotice(code: unknown, returnTo: string | null) {
  const known = loginNotices.find((name) => name === code);
  if (known) return notices[known];
  return returnTo === null
    ? null
    : ({ tone: "info", text: "Log in to go on to the page you asked for." } as const);
}
