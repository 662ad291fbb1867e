import type { NoticeTone } from "../ui/notice";

const notices: Readonly<Record<string, { readonly tone: NoticeTone; readonly text: string }>> = {
  renewed: { tone: "success", text: "Your access was renewed." },
  disconnected: { tone: "success", text: "Disconnected. The provider has withdrawn this access too." },
  "disconnected-here": {
    tone: "info",
    text: "Disconnected here. The provider did not confirm that it has withdrawn the access.",
  },
  reconnect: { tone: "warning", text: "The provider does not renew this access any more. Connect again." },
  temporarily_unavailable: {
    tone: "warning",
    text: "The provider cannot be reached right now. Your access stays as it is: try again in a moment.",
  },
};

/** What to say about what was just done; nothing for words that we did not write. */
export function apiAccessNotice(done: unknown) {
  return typeof done === "string" && Object.hasOwn(notices, done) ? (notices[done] ?? null) : null;
}
