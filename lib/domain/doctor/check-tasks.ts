import "server-only";
import { age, duration, ok, warning } from "./finding";
import { database } from "@/db/client";
import { lastRuns } from "@/lib/domain/housekeeping/task-runs";
import { tasks, type Task } from "@/lib/domain/housekeeping/tasks";
import type { Finding } from "@/lib/shared/diagnosis";

/** Where a scheduler calls once a day, an hour late. */
const lateSeconds = 25 * 60 * 60;

/** Whether what goes on by itself does. Keys are replaced by whoever reads them: their age says whether that works. */
export async function checkTasks(): Promise<readonly Finding[]> {
  const runs = await lastRuns(database());
  const now = new Date();
  return tasks
    .filter((task) => task !== "rotate-keys")
    .map((task) => judgeTask(task, runs.get(task) ?? null, now));
}

export function judgeTask(task: Task, doneAt: Date | null, now: Date): Finding {
  const fix = `Where no process runs all the time, have a scheduler call /api/cron/${task}; else look in the log. By hand: \`npm run maintain -- ${task}\``;
  if (doneAt === null)
    return warning(
      task,
      `${task} has not been done yet`,
      `Nothing to do in the first minutes after the first start. ${fix}`,
    );
  const seconds = age(doneAt, now);
  const text = `${task} was last done ${duration(seconds)} ago`;
  return seconds > lateSeconds ? warning(task, text, fix) : ok(task, text);
}
