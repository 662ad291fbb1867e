import "server-only";
import { lt, sql } from "drizzle-orm";
import type { Task } from "./tasks";
import type { Connection } from "@/db/client";
import { taskRuns } from "@/db/schema";

/** Notes that a task was done just now. At most once a minute, however many processes do it. */
export async function noteRun(db: Connection, task: Task): Promise<void> {
  await db
    .insert(taskRuns)
    .values({ task, doneAt: sql`now()` })
    .onConflictDoUpdate({
      target: taskRuns.task,
      set: { doneAt: sql`now()` },
      setWhere: lt(taskRuns.doneAt, sql`now() - interval '1 minute'`),
    });
}

/** When each task was last done; one that never was is not among them. */
export async function lastRuns(db: Connection): Promise<ReadonlyMap<string, Date>> {
  const rows = await db.select().from(taskRuns);
  return new Map(rows.map(({ task, doneAt }) => [task, doneAt]));
}
