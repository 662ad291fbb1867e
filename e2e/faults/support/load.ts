import { setTimeout as sleep } from "node:timers/promises";
import { logIn } from "../../attacks/support/forms";
import { Visitor, type Answered } from "../../attacks/support/visitor";
import { demoPerson } from "../../fixtures/people";
import { locals, type Setting } from "./setting";

/** What came of one request: `ok`, `lost` when a session that was given is no more, else what went wrong. */
type Verdict = string;

interface Result {
  readonly begun: number;
  readonly ended: number;
  readonly verdict: Verdict;
}

/** What the load saw. */
export interface LoadReport {
  readonly requests: number;
  readonly ok: number;
  /** Took more than a second. */
  readonly slow: number;
  readonly lost: number;
  /** How often each thing went wrong that was asked for before the fault was over. */
  readonly failures: ReadonlyMap<Verdict, number>;
  /** Seconds from the mending to the beginning of the last request that failed; zero when none did. */
  readonly backAfter: number;
  /** What went wrong before anything was broken. */
  readonly early: readonly Verdict[];
  /** How many were due and not sent, since too many had no answer yet. */
  readonly held: number;
}

/** Tells the load when things break and when they are whole again. */
export interface Marks {
  readonly broken: () => void;
  readonly mended: () => void;
}

const slowMilliseconds = 1_000;
const patienceMilliseconds = 30_000;
/** What is due for longer without an answer is not sent any more. */
const mostSecondsBehind = 6;
const calmSeconds = 3;
const afterSeconds = 8;

/**
 * Makes `perSecond` requests a second, ten by default, while `fault` lasts, and some seconds before and after it: page views
 * and API calls of people who are signed in, public pages, and one in `signInEvery` a sign-in. In the end every session that
 * a sign-in was acknowledged with is asked for.
 */
export async function underLoad(
  setting: Setting,
  fault: (marks: Marks) => Promise<void>,
  { keepsSignIns = true, perSecond = 10, signInEvery = 10 } = {},
): Promise<LoadReport> {
  const results: Result[] = [];
  const underWay = new Set<Promise<void>>();
  const acknowledged: Visitor[] = [];
  const { signIn, others } = requestsOf(setting, acknowledged);
  let [broken, mended] = [Infinity, Infinity];
  let [turn, held] = [0, 0];

  const send = (request: () => Promise<Verdict>) => {
    const begun = performance.now();
    const sent = verdictOf(request).then((verdict) => {
      results.push({ begun, ended: performance.now(), verdict });
      underWay.delete(sent);
    });
    underWay.add(sent);
  };
  const start = performance.now();
  const timer = setInterval(() => {
    for (const due = ((performance.now() - start) * perSecond) / 1_000; turn < due; turn += 1) {
      if (underWay.size >= perSecond * mostSecondsBehind) held += 1;
      else send(turn % signInEvery === signInEvery - 1 ? signIn : others[turn % others.length]!);
    }
  }, 1_000 / perSecond);
  try {
    await sleep(calmSeconds * 1_000);
    await fault({
      broken: () => (broken = Math.min(broken, performance.now())),
      mended: () => (mended = performance.now()),
    });
    await sleep(afterSeconds * 1_000);
  } finally {
    clearInterval(timer);
    await Promise.all(underWay);
  }
  const kept = keepsSignIns ? await Promise.all(acknowledged.map((visitor) => checked(visitor))) : [];
  return { ...report([...results, ...kept], broken, mended), held };
}

function report(results: readonly Result[], broken: number, mended: number): Omit<LoadReport, "held"> {
  const wrong = results.filter(({ verdict }) => verdict !== "ok" && verdict !== "lost");
  const failures = new Map<Verdict, number>();
  for (const { verdict } of wrong) failures.set(verdict, (failures.get(verdict) ?? 0) + 1);
  const late = wrong.filter(({ begun }) => begun > mended).map(({ begun }) => begun - mended);
  return {
    requests: results.length,
    ok: results.filter(({ verdict }) => verdict === "ok").length,
    slow: results.filter(({ begun, ended }) => ended - begun > slowMilliseconds).length,
    lost: results.filter(({ verdict }) => verdict === "lost").length,
    failures,
    backAfter: Math.max(0, ...late) / 1_000,
    early: wrong.filter(({ ended }) => ended < broken).map(({ verdict }) => verdict),
  };
}

function requestsOf({ url, members, caller }: Setting, acknowledged: Visitor[]) {
  let signIns = 0;
  const member = (which: number) => members[which % members.length]!;
  const get = (path: string, visitor: Visitor) => async () => read(path, await visitor.get(path));
  const signIn = async () => {
    const visitor = new Visitor(url);
    const answer = await logIn(visitor, demoPerson(locals[signIns++ % locals.length]!));
    if (answer.location !== "/profile" || visitor.sessionCookie === undefined)
      return `sign-in ${String(answer.status)}`;
    acknowledged.push(visitor);
    return "ok";
  };
  const others = [
    get("/profile", member(0)),
    get("/api/me", member(1)),
    get("/public", new Visitor(url)),
    get("/profile", member(2)),
    get("/api/messages/protected", caller),
    get("/profile", caller),
    get("/api/me", member(0)),
    get("/settings/sessions", member(1)),
    get("/api/messages/protected", caller),
  ];
  return { signIn, others };
}

/** A request of somebody who is signed in: an answer for strangers means that the session is gone. */
function read(path: string, { status, location }: Answered): Verdict {
  if (status === 200) return "ok";
  if (status === 401 || location?.startsWith("/login") === true) return "lost";
  return `${path} ${String(status)}`;
}

async function checked(visitor: Visitor): Promise<Result> {
  const begun = performance.now();
  const verdict = await verdictOf(async () => read("/api/me", await visitor.get("/api/me")));
  return { begun, ended: performance.now(), verdict };
}

async function verdictOf(ask: () => Promise<Verdict>): Promise<Verdict> {
  const ended = new AbortController();
  const late = sleep(patienceMilliseconds, "no answer in 30 s", { signal: ended.signal }).catch(() => "");
  try {
    return await Promise.race([ask(), late]);
  } catch (error) {
    const { message, cause } = error as Error & { cause?: { code?: string } };
    return `cut off (${cause?.code ?? message})`;
  } finally {
    ended.abort();
  }
}
