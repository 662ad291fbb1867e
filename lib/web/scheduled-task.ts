import "server-only";
import { createHash, timingSafeEqual } from "node:crypto";
import { apiFailure, apiSuccess } from "./api-answer";
import { apiGuard } from "./api-guard";
import { database } from "@/db/client";
import { runTask } from "@/lib/domain/housekeeping/run-task";
import { isTask } from "@/lib/domain/housekeeping/tasks";
import { environment } from "@/lib/env";

/**
 * Does a task for a scheduler that shows one of CRON_SECRET as a bearer token; without that variable there is nothing
 * here. No browser can be made to send the header, so it may change something by GET, which is all that some schedulers do.
 */
export function scheduledTask(
  request: Request,
  { params }: { params: Promise<{ task: string }> },
): Promise<Response> {
  return apiGuard(request, async () => {
    const secrets = environment().CRON_SECRET;
    if (secrets === undefined) return apiFailure("not_found", "There is nothing here.");
    const shown = /^Bearer (.+)$/i.exec(request.headers.get("authorization") ?? "")?.[1] ?? "";
    // All of them, so that the time says nothing of which one came close.
    if (secrets.filter((secret) => isSame(secret, shown)).length === 0)
      return apiFailure("unauthenticated", "Show the scheduler's secret.");
    const { task } = await params;
    if (!isTask(task)) return apiFailure("not_found", "There is no such task.");
    return apiSuccess({ task, outcome: await runTask(task, database()) });
  });
}

function isSame(one: string, other: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
