import { scheduledTask } from "@/lib/web/scheduled-task";

/** Does one of the tasks that a process which runs all the time does by itself. */
export const GET = scheduledTask;
