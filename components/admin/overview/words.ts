import type { AttentionKind, ChartId, OverviewRange } from "@/lib/shared/overview";

interface ChartWords {
  readonly title: string;
  readonly about: string;
}

export const chartWords: Readonly<Record<ChartId, ChartWords>> = {
  "sign-ins": { title: "Sign-ins", about: "Sessions that were opened, by method." },
  "failed-sign-ins": {
    title: "Failed sign-ins",
    about: "A wrong password, code or link, and people who may not come in.",
  },
  locks: {
    title: "Locks",
    about: "Tries at a name that is locked, and tries that a limit against guessing turned away.",
  },
  "sign-ups": { title: "Sign-ups", about: "Accounts that were made, by method." },
  sessions: { title: "Active sessions", about: "The most at once, counted every minute." },
  "token-refreshes": {
    title: "Token refreshes",
    about: "Access tokens that a provider renewed, refused to renew, or could not.",
  },
  "api-errors": {
    title: "API errors",
    about: "Calls that the messages API left without a usable answer, and requests that this API failed.",
  },
};

/** What is said of a number that wants attention: one of it, and several. */
export const attentionWords: Readonly<Record<AttentionKind, readonly [one: string, several: string]>> = {
  unsealed: ["row of the audit log waits to be sealed", "rows of the audit log wait to be sealed"],
  mails: ["mail could not be delivered", "mails could not be delivered"],
  locks: ["try was turned away by a lock", "tries were turned away by a lock"],
  "failed-sign-ins": ["failed sign-in", "failed sign-ins"],
  denied: ["denied permission", "denied permissions"],
  "token-refreshes": ["token was not renewed", "tokens were not renewed"],
  "api-errors": ["API error", "API errors"],
  "sign-ups": ["sign-up", "sign-ups"],
};

export const rangeWords: Readonly<
  Record<OverviewRange, { readonly label: string; readonly time: string; readonly before: string }>
> = {
  day: { label: "Day", time: "The last 24 hours, hour by hour.", before: "the 24 hours before" },
  week: { label: "Week", time: "The last 7 days, day by day.", before: "the 7 days before" },
  month: { label: "Month", time: "The last 30 days, day by day.", before: "the 30 days before" },
};

const hour = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: "UTC" });
const dayAndHour = new Intl.DateTimeFormat("en-GB", {
  ...({ weekday: "short", day: "numeric", month: "short" } as const),
  ...({ hour: "2-digit", minute: "2-digit", timeZone: "UTC" } as const),
});
const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });
const weekday = new Intl.DateTimeFormat("en-GB", {
  ...({ weekday: "short", day: "numeric", month: "short", timeZone: "UTC" } as const),
});

/** What a step is called in a table, and beneath a chart. */
export function stepWords(range: OverviewRange, at: Date): { readonly name: string; readonly short: string } {
  return range === "day"
    ? { name: dayAndHour.format(at), short: hour.format(at) }
    : { name: weekday.format(at), short: day.format(at) };
}

/** How a number stands to the one before it. */
export function changeInWords(total: number, before: number, time: string): string {
  if (before === 0) return total === 0 ? `As in ${time}` : `None in ${time}`;
  const share = Math.round((total / before - 1) * 100);
  if (share === 0) return total === before ? `As in ${time}` : `About as many as in ${time}`;
  // A thousand per cent says less than the number itself.
  if (share >= 200) return `${before.toLocaleString("en")} in ${time}`;
  return `${String(Math.abs(share))}% ${share > 0 ? "more" : "fewer"} than in ${time}`;
}
