import { createHash } from "node:crypto";
import { sessionCheck } from "./orders";
import type { Amounts } from "@/bench/seed/fill";
import { usernameOf } from "@/bench/seed/people";
import { listPeople } from "@/lib/domain/administration/list-people";
import type { PeopleQuery } from "@/lib/domain/administration/schemas";
import { listEvents } from "@/lib/domain/audit/list-events";
import type { AuditQuery } from "@/lib/domain/audit/schemas";
import type { Context } from "@/lib/domain/context";
import { readOverview } from "@/lib/domain/figures/read-overview";
import { findSession } from "@/lib/domain/sessions/find-session";

type Question = (ctx: Context, amounts: Amounts) => Promise<unknown>;

const below = (limit: number) => Math.floor(Math.random() * limit);
const somebody = ({ people }: Amounts) => 1 + below(people);
const dayAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
const networkOf = (n: number) => `203.0.${String(Math.floor(n / 7) % 113)}.${String(n % 250)}`;

const people =
  (query: (amounts: Amounts) => PeopleQuery): Question =>
  (ctx, amounts) =>
    listPeople(ctx, query(amounts));

const audit =
  (query: (amounts: Amounts) => AuditQuery): Question =>
  (ctx, amounts) =>
    listEvents(ctx, query(amounts));

/** Page after page, each from where the last one ended. */
function walkPeople(sort: NonNullable<PeopleQuery["sort"]>): Question {
  let after: string | undefined;
  return async (ctx) => {
    after = (await listPeople(ctx, { sort, after })).next ?? undefined;
  };
}

function walkEvents(): Question {
  let before: string | undefined;
  return async (ctx) => {
    before = (await listEvents(ctx, { before })).older ?? undefined;
  };
}

/** What a signed-in page and the pages of administration ask, each time about something else. */
export const questions: Readonly<Record<string, Question>> = {
  [sessionCheck]: (_, { sessions }) => findSession(`seeded ${String(10 * (1 + below(sessions / 10)))}`),
  "people: the newest": people(() => ({})),
  "people: page after page, newest first": walkPeople("newest"),
  "people: page after page, by name": walkPeople("name"),
  "people: page after page, last seen first": walkPeople("seen"),
  "people: one user name": people((amounts) => ({ q: usernameOf(somebody(amounts)) })),
  "people: the beginning of user names": people((amounts) => ({
    q: usernameOf(somebody(amounts)).slice(0, -2),
  })),
  "people: a part of an e-mail address": people((amounts) => ({
    q: `${usernameOf(somebody(amounts)).slice(4)}@exam`,
  })),
  "people: a first name that thousands have": people((amounts) => ({
    q: usernameOf(somebody(amounts)).split(".")[0] ?? "",
  })),
  "people: two letters": people((amounts) => ({ q: usernameOf(somebody(amounts)).slice(0, 2) })),
  "people: a subject": people((amounts) => ({ q: subjectOf(somebody(amounts)) })),
  "people: the beginning of a subject": people((amounts) => ({
    q: subjectOf(somebody(amounts)).slice(0, 14),
  })),
  "people: nobody has this name": people(() => ({ q: `nobody ${String(below(1e6))}` })),
  "people: administrators": people(() => ({ role: "admin" })),
  "people: suspended": people(() => ({ status: "suspended" })),
  "people: about to be deleted": people(() => ({ status: "deleting" })),
  "people: with an unproved address": people(() => ({ verified: "no" })),
  "people: with a password": people(() => ({ method: "password" })),
  "people: with an identity at the provider": people(() => ({ method: "oidc" })),
  "people: made in one week": people(() => {
    const day = 7 + below(1_000);
    return { createdFrom: dayAgo(day), createdTo: dayAgo(day - 7) };
  }),
  "people: not seen for a year": people(() => ({ seenTo: dayAgo(365), sort: "seen" })),
  "people: suspended ones of a first name": people((amounts) => ({
    q: usernameOf(somebody(amounts)).split(".")[0] ?? "",
    status: "suspended",
  })),
  "people: administrators that are suspended": people(() => ({ role: "admin", status: "suspended" })),
  "people: suspended ones with an identity, unproved": people(() => ({
    ...({ status: "suspended", method: "oidc", verified: "no" } as const),
  })),
  "audit: the newest": audit(() => ({})),
  "audit: page after page": walkEvents(),
  "audit: what one person did": audit((amounts) => ({ who: usernameOf(somebody(amounts)) })),
  "audit: what happened to one person": audit((amounts) => ({ whom: usernameOf(somebody(amounts)) })),
  "audit: one event": audit(() => ({ event: "authn_login_fail" })),
  "audit: an event that there is not": audit(() => ({ event: "audit_exported" })),
  "audit: one day": audit(() => {
    const day = dayAgo(1 + below(360));
    return { from: day, to: day };
  }),
  "audit: one address": audit(({ audit }) => ({ address: networkOf(below(audit)) })),
  "audit: one event of one person": audit((amounts) => ({
    whom: usernameOf(somebody(amounts)),
    event: "authz_fail",
  })),
  "audit: one event from one address": audit(({ audit }) => ({
    address: networkOf(below(audit)),
    event: "authz_fail",
  })),
  "audit: one event from one address in one month": audit(({ audit }) => {
    const day = 31 + below(300);
    const when = { from: dayAgo(day), to: dayAgo(day - 30) };
    return { address: networkOf(below(audit)), event: "user_updated", ...when };
  }),
  "audit: one event from an address that is not there": audit(() => ({
    ...({ address: "198.51.100.1", event: "authn_login_success" } as const),
  })),
  "overview: a day": (ctx) => readOverview(ctx, { range: "day" }),
  "overview: a month": (ctx) => readOverview(ctx, { range: "month" }),
};

function subjectOf(n: number): string {
  return `auth0|${createHash("md5").update(String(n)).digest("hex")}`;
}
