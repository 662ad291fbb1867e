import { describe, expect, it } from "vitest";
import { judgeClosed, judgeOpen } from "./check-api";
import { judgeSealing } from "./check-audit";
import { clockAhead, judgeClock } from "./check-clock";
import { judgeConnections, judgeMigrations, judgeTimeouts, judgeVersion } from "./check-database";
import { judgeLimits } from "./check-limits";
import { judgeBacklog, judgeFinished, judgeServer } from "./check-mail";
import { judgeEncryption, judgeSigning } from "./check-own-keys";
import { checkRequest } from "./check-request";
import { judgeTask } from "./check-tasks";
import { worstOf, type CheckStatus, type Finding } from "@/lib/shared/diagnosis";

const now = new Date("2026-11-21T12:00:00Z");
const minute = 60;
const day = 24 * 60 * minute;
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000);

const connections = { ours: 4, busy: 1, all: 20, most: 100, size: 14 };
const signing = (seconds: number, opens = true) => ({
  ...{ createdAt: ago(seconds), activeAt: ago(seconds - 10 * minute), opens },
});
const encryption = { newest: "k2", older: ["k1"], since: ago(3 * day) };
const sealed = { sealedAt: ago(20), genuine: true, waiting: 2, oldestWaiting: ago(10) };
const answer = (status: number, headers: Record<string, string> = {}) =>
  new Response(null, { status, headers });
const seen = { host: "app.example.org", protocol: "https", address: "192.0.2.7" };
const request = (changes: Partial<Record<keyof typeof seen, string | null>>) =>
  checkRequest({ ...seen, ...changes } as typeof seen, "https://app.example.org").findings;
const challenge = { "www-authenticate": 'Bearer realm="messages"' };

const verdicts: readonly (readonly [string, CheckStatus, () => Finding | readonly Finding[]])[] = [
  ["PostgreSQL 15", "ok", () => judgeVersion({ number: 150_004, version: "15.4" })],
  ["PostgreSQL 14", "failed", () => judgeVersion({ number: 140_009, version: "14.9" })],
  ["no migration missing", "ok", () => judgeMigrations(0)],
  ["a migration missing", "failed", () => judgeMigrations(1)],
  ["timeouts", "ok", () => judgeTimeouts({ role: "gatehouse", bounded: true })],
  ["no timeouts", "warning", () => judgeTimeouts({ role: "gatehouse", bounded: false })],
  ["a database with room", "ok", () => judgeConnections(connections)],
  ["a database almost full", "warning", () => judgeConnections({ ...connections, all: 90 })],
  ["a pool larger than the server", "warning", () => judgeConnections({ ...connections, size: 101 })],
  ["a clock 5 seconds off", "ok", () => judgeClock("the", -5)],
  ["a clock 20 seconds off", "warning", () => judgeClock("the", -20)],
  ["a clock 61 seconds off", "failed", () => judgeClock("the", 61)],
  ["an API that gives its public message", "ok", () => judgeOpen(answer(200), "https://api.example")],
  ["an API that does not", "failed", () => judgeOpen(answer(404), "https://api.example")],
  ["an API that asks for a token", "ok", () => judgeClosed(answer(401, challenge))],
  ["an API that refuses without asking", "warning", () => judgeClosed(answer(401))],
  ["an API that gives its protected message away", "failed", () => judgeClosed(answer(200))],
  ["a mail server that lets us in", "ok", () => judgeServer(null)],
  ["a mail server that does not", "failed", () => judgeServer("EAUTH AUTH PLAIN 535")],
  ["no mail", "ok", () => judgeBacklog({ waiting: 0, oldestSeconds: 0 })],
  ["a mail that waits a minute", "ok", () => judgeBacklog({ waiting: 1, oldestSeconds: minute })],
  ["a mail that waits long", "warning", () => judgeBacklog({ waiting: 1, oldestSeconds: 16 * minute })],
  ["one mail of many given up", "ok", () => judgeFinished({ delivered: 10, gaveUp: 1 })],
  ["mails given up", "warning", () => judgeFinished({ delivered: 9, gaveUp: 1 })],
  ["no signing key yet", "ok", () => judgeSigning([], now)],
  ["a young signing key", "ok", () => judgeSigning([signing(day)], now)],
  ["a signing key that should be gone", "warning", () => judgeSigning([signing(98 * day)], now)],
  ["signing keys that do not open", "failed", () => judgeSigning([signing(day, false)], now)],
  ["a key that opens and signs later", "failed", () => judgeSigning([signing(minute)], now)],
  ["a young encryption key", "ok", () => judgeEncryption(encryption, now)],
  ["an unused encryption key", "ok", () => judgeEncryption({ ...encryption, since: null }, now)],
  ["an old one", "warning", () => judgeEncryption({ ...encryption, since: ago(366 * day) }, now)],
  ["a log sealed just now", "ok", () => judgeSealing(sealed, now)],
  ["an empty log", "ok", () => judgeSealing({ ...sealed, sealedAt: null, oldestWaiting: null }, now)],
  ["a log that waits", "warning", () => judgeSealing({ ...sealed, oldestWaiting: ago(6 * minute) }, now)],
  ["a seal of somebody else", "failed", () => judgeSealing({ ...sealed, genuine: false }, now)],
  ["a seal whose key is gone", "ok", () => judgeSealing({ ...sealed, genuine: null }, now)],
  ["a task done today", "ok", () => judgeTask("clean-up", ago(24 * 60 * minute), now)],
  ["a task not done today", "warning", () => judgeTask("clean-up", ago(26 * 60 * minute), now)],
  ["a task never done", "warning", () => judgeTask("clean-up", null, now)],
  ["locked accounts", "ok", () => judgeLimits({ accounts: 2, networks: 1, underAttack: false })],
  ["an attack", "warning", () => judgeLimits({ accounts: 0, networks: 0, underAttack: true })],
  ["a request to AUTH_URL", "ok", () => request({ host: "App.Example.org" })],
  ["a request to another host", "failed", () => request({ host: "app:3000" })],
  ["a request said to be plain http", "warning", () => request({ protocol: "http" })],
  ["a request from nowhere", "warning", () => request({ address: null })],
];

describe("the verdict", () => {
  it.each(verdicts)("on %s is %s, with what to do where it is not ok", (_, expected, judge) => {
    const findings = [judge()].flat();
    expect(worstOf(findings.map(({ status }) => status))).toBe(expected);
    for (const { status, fix, text } of findings) {
      expect(text).not.toBe("");
      expect(fix === null).toBe(status === "ok");
    }
  });

  it("counts and measures in words", () => {
    const texts = [
      judgeLimits({ accounts: 1, networks: 2, underAttack: false }).map(({ text }) => text),
      judgeEncryption(encryption, now).text,
      judgeBacklog({ waiting: 3, oldestSeconds: 200 }).text,
    ];
    expect(texts).toEqual([
      [
        "1 account is locked now for wrong passwords",
        "2 networks are refused now for wrong passwords",
        "sign-ins fail no more than usual",
      ],
      "secrets are sealed with the key k2, in use for 3 days; k1 can go once npm run tokens:rotate has been through",
      "3 mails wait, the oldest for 3 minutes",
    ]);
  });
});

describe("the clock of another server", () => {
  it.each([
    ["its Date", { date: ago(30).toUTCString() }, -30],
    ["its Date and the Age of a cached answer", { date: ago(300).toUTCString(), age: "290" }, -10],
    ["nothing", {}, null],
    ["a Date that is none", { date: "yesterday" }, null],
  ])("is read from %s", (_, headers, seconds) => {
    expect(clockAhead(answer(200, headers as Record<string, string>), now)).toBe(seconds);
  });
});
