import "server-only";
import { cleanUp } from "./clean-up";
import { noteRun } from "./task-runs";
import type { Task } from "./tasks";
import type { Database } from "@/db/client";
import { sealEvents } from "@/lib/domain/audit/seal-events";
import { keepFigures } from "@/lib/domain/figures/keep-figures";
import { workBulkJobs } from "@/lib/domain/bulk/work-bulk-jobs";
import { publishedKeys } from "@/lib/domain/issuer/signing-keys";
import { deliverMail, sweepMail } from "@/lib/domain/mail/deliver-mail";
import { sendsMail } from "@/lib/env";

/**
 * Does a task once, and notes when. Any number of processes may do it at the same time: mails are claimed one by one,
 * the rest holds a lock of the database.
 * @returns `busy` when another process is at it
 */
export async function runTask(task: Task, database: Database): Promise<"done" | "busy"> {
  if (!(await work(task, database))) return "busy";
  await noteRun(database, task);
  return "done";
}

async function work(task: Task, database: Database): Promise<boolean> {
  switch (task) {
    case "deliver-mail":
      if (sendsMail()) await deliverMail(database);
      await sweepMail(database);
      return true;
    case "clean-up":
      return (await cleanUp(database)) !== null;
    case "seal-audit": {
      const sealed = await sealEvents(database);
      // The overview counts what is sealed.
      await keepFigures(database);
      return sealed !== null;
    }
    case "bulk-changes":
      await workBulkJobs(database);
      return true;
    case "rotate-keys":
      // Whoever reads the keys replaces those that are too old.
      await publishedKeys(new Date());
      return true;
  }
}
