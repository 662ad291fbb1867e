import postgres from "postgres";
import { seedAudit } from "./audit";
import { seedPeople } from "./people";
import { seedSessions } from "./sessions";

// npm run bench:seed: fills an empty, migrated database (DATABASE_URL) to measure with. `--people=`, `--sessions=` and `--audit=` say how many.
const amount = (name: string, standard: number) => {
  const given = process.argv.find((argument) => argument.startsWith(`--${name}=`));
  return given === undefined ? standard : Number(given.slice(name.length + 3));
};
const people = amount("people", 1_000_000);
const sessions = amount("sessions", 3_000_000);
const auditRows = amount("audit", 10_000_000);
const { DATABASE_URL } = process.env;
if (DATABASE_URL === undefined) throw new Error("Set DATABASE_URL.");

const sql = postgres(DATABASE_URL, { max: 1, onnotice: () => undefined });
await timed(`${people.toLocaleString("en")} people`, () => seedPeople(sql, people));
await timed(`${sessions.toLocaleString("en")} sessions`, () => seedSessions(sql, sessions, people));
await timed(`${auditRows.toLocaleString("en")} audit rows`, () => seedAudit(sql, auditRows, people));
await timed("vacuum analyze", () => sql`vacuum analyze`);
await sql.end();

async function timed(what: string, work: () => Promise<unknown>): Promise<void> {
  const from = performance.now();
  await work();
  console.log(`${what}: ${((performance.now() - from) / 1000).toFixed(1)} s`);
}
