import { setTimeout } from "node:timers/promises";
import { eq } from "drizzle-orm";
import { sql as connection, database } from "@/db/client";
import { users } from "@/db/schema";

/** Holds the row of a person, as a change to them does. @returns what lets it go */
export async function holdPerson(userId: string): Promise<() => Promise<void>> {
  let letGo: () => void = () => undefined;
  const until = new Promise<void>((resolve) => (letGo = resolve));
  let over: Promise<void> = Promise.resolve();
  await new Promise<void>((held, failed) => {
    over = database().transaction(async (tx) => {
      await tx.select({ id: users.id }).from(users).where(eq(users.id, userId)).for("update");
      held();
      await until;
    });
    over.catch(failed);
  });
  return () => {
    letGo();
    return over;
  };
}

/** Waits until so many statements wait for a lock in this database. */
export async function untilWaiting(count: number): Promise<void> {
  const deadline = Date.now() + 10_000;
  while ((await waiting()) < count) {
    if (Date.now() > deadline) throw new Error(`fewer than ${String(count)} statements wait for a lock`);
    await setTimeout(20);
  }
}

async function waiting(): Promise<number> {
  const rows = await connection()`
    select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
  return rows.length;
}
