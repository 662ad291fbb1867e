import postgres from "postgres";
import { seedAudit } from "./audit";
import { seedPeople } from "./people";
import { seedSessions } from "./sessions";

export interface Amounts {
  readonly people: number;
  readonly sessions: number;
  readonly audit: number;
}

/** What is measured with, unless the command says otherwise. */
export const standardAmounts: Amounts = { people: 1_000_000, sessions: 3_000_000, audit: 10_000_000 };

/** The amounts that the command line names as `--people=`, `--sessions=` and `--audit=`. */
export function givenAmounts(): Amounts {
  const amount = (name: keyof Amounts) => {
    const given = process.argv.find((argument) => argument.startsWith(`--${name}=`));
    return given === undefined ? standardAmounts[name] : Number(given.slice(name.length + 3));
  };
  return { people: amount("people"), sessions: amount("sessions"), audit: amount("audit") };
}

/** Fills an empty, migrated database, and says what each part took. */
export async function fill(databaseUrl: string, { people, sessions, audit }: Amounts): Promise<void> {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => undefined });
  try {
    await timed(`${people.toLocaleString("en")} people`, () => seedPeople(sql, people));
    await timed(`${sessions.toLocaleString("en")} sessions`, () => seedSessions(sql, sessions, people));
    await timed(`${audit.toLocaleString("en")} audit rows`, () => seedAudit(sql, audit, people));
    await timed("vacuum analyze", () => sql`vacuum analyze`);
  } finally {
    await sql.end();
  }
}

async function timed(what: string, work: () => Promise<unknown>): Promise<void> {
  const from = performance.now();
  await work();
  console.error(`${what}: ${((performance.now() - from) / 1000).toFixed(1)} s`);
}
