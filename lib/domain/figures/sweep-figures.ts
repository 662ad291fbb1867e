import "server-only";
import { lt, sql } from "drizzle-orm";
import type { Connection } from "@/db/client";
import { hourlyFigures } from "@/db/schema";

/** A month and the one before it are shown; the rest is for whoever looks at the table. */
const keepDays = 400;

/** Deletes figures that are older than {@link keepDays}. */
export async function sweepFigures(db: Connection): Promise<void> {
  await db
    .delete(hourlyFigures)
    .where(lt(hourlyFigures.hour, sql`now() - make_interval(days => ${keepDays})`));
}
