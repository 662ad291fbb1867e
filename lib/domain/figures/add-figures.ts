import "server-only";
import { sql } from "drizzle-orm";
import { hourlyFigures } from "@/db/schema";
import type { Connection } from "@/db/client";

export type Figure = typeof hourlyFigures.$inferInsert;

const { hour, event, method, outcome } = hourlyFigures;
const key = [hour, event, method, outcome];

/** Adds to the figures of their hours. The order of the rows is the same for all who write, so that nobody waits in a circle. */
export async function addFigures(db: Connection, figures: readonly Figure[]): Promise<void> {
  if (figures.length === 0) return;
  const rows = [...figures].sort((one, other) => (nameOf(one) < nameOf(other) ? -1 : 1));
  await db
    .insert(hourlyFigures)
    .values(rows)
    .onConflictDoUpdate({ target: key, set: { count: sql`${hourlyFigures.count} + excluded.count` } });
}

function nameOf(figure: Figure): string {
  return [figure.hour.toISOString(), figure.event, figure.method, figure.outcome].join(" ");
}

/** The hour (UTC) that a moment lies in. */
export function hourOf(at: Date): Date {
  const hourMilliseconds = 3_600_000;
  return new Date(Math.floor(at.getTime() / hourMilliseconds) * hourMilliseconds);
}
