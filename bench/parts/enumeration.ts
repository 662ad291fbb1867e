import { randomBytes } from "node:crypto";
import type { Measuring } from "../measuring";
import { figure, type Row } from "../report";
import type { Setting } from "../setting";
import { readForm } from "../sign-in";
import { median, medianDifference } from "../tools/statistics";

/** Pairs of a known and an unknown person for each door, and of those the first that count for nothing. */
const pairs = 330;
const warmUp = 30;

interface Person {
  readonly username: string;
  readonly email: string;
}

/** Asks once in the name of somebody; the answer must be the same for everybody. */
type Door = (person: Person) => Promise<{ readonly status: number }>;

/**
 * How long each door that takes a name or an address answers for people whom it knows and people whom it does not, one
 * request at a time in a random order. Nobody is asked for twice: some doors send so many mails to one address and no more.
 */
export async function measureEnumeration(setting: Setting, measuring: Measuring): Promise<Row[]> {
  const { url } = await setting.product();
  const forgot = await readForm(url, "/forgot-password", "email");
  const mailed = await readForm(url, "/login/email", "email");
  const json = (path: string, body: object) =>
    fetch(url + path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  const doors: Readonly<Record<string, Door>> = {
    "Sign-in by name": ({ username }) =>
      json("/api/authenticate", { uid: username, password: "not the one" }),
    "Sign-in by address": ({ email }) => json("/api/authenticate", { uid: email, password: "not the one" }),
    "Sign-up": ({ email }) =>
      json("/api/users", { username: stranger().username, email, password: newPassword() }),
    "Forgotten password": ({ email }) => forgot({ email }),
    "Code by mail": ({ email }) => mailed({ email }),
  };
  return measuring(async () => {
    const rows: Row[] = [];
    for (const [name, door] of Object.entries(doors)) rows.push(await compare(name, door, setting));
    return rows;
  });
}

async function compare(name: string, door: Door, setting: Setting): Promise<Row> {
  const known = await settle(setting, pairs);
  const waits = { known: [] as number[], unknown: [] as number[] };
  const statuses = new Set<number>();
  for (const [index, person] of known.entries())
    for (const kind of Math.random() < 0.5
      ? (["known", "unknown"] as const)
      : (["unknown", "known"] as const)) {
      const asked = kind === "known" ? person : stranger();
      const start = performance.now();
      const answer = await door(asked);
      if (answer instanceof Response && !answer.bodyUsed) await answer.arrayBuffer();
      if (index >= warmUp) waits[kind].push(performance.now() - start);
      statuses.add(answer.status);
    }
  if (statuses.size !== 1) throw new Error(`${name} answered ${[...statuses].join(" and ")}.`);
  const { difference, low, high } = medianDifference(waits.known, waits.unknown);
  const [ours, baseline] = [median(waits.known), median(waits.unknown)];
  return {
    name: `${name}, known against unknown (ms); difference ${difference.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})`,
    ours: figure(ours),
    baseline: figure(baseline),
    ratio: ours / baseline,
    target: "within 2 ms",
  };
}

/** Makes people with proved addresses and a password, as if they had come long ago. */
async function settle({ sql }: Setting, amount: number): Promise<Person[]> {
  const people = Array.from({ length: amount }, stranger);
  const rows = people.map(({ username, email }) => ({ username, email, email_verified_at: new Date() }));
  await sql`
    with made as (insert into users ${sql(rows)} returning id)
    insert into credentials (user_id, password_hash, changed_at)
    select made.id, c.password_hash, now() from made,
      (select password_hash from credentials limit 1) c`;
  return people;
}

function stranger(): Person {
  const username = `bench-${randomBytes(8).toString("hex")}`;
  return { username, email: `${username}@example.com` };
}

const newPassword = () => `a walk along ${randomBytes(8).toString("hex")}`;
