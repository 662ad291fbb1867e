import "server-only";
import { cleanUp } from "./clean-up";
import type { Database } from "@/db/client";
import { publishedKeys } from "@/lib/domain/issuer/signing-keys";
import { deliverMail, sweepMail } from "@/lib/domain/mail/deliver-mail";
import { sendsMail } from "@/lib/env";

/** What has to be done from time to time, whoever calls for it: a running process, a command, or a scheduler. */
export const tasks = ["deliver-mail", "clean-up", "rotate-keys"] as const;

export type Task = (typeof tasks)[number];

export function isTask(name: string): name is Task {
  return (tasks as readonly string[]).includes(name);
}

/**
 * Does a task once. Any number of processes may do it at the same time: mails are claimed one by one, the rest holds a
 * lock of the database.
 * @returns `busy` when another process is at it
 */
export async function runTask(task: Task, database: Database): Promise<"done" | "busy"> {
  switch (task) {
    case "deliver-mail":
      if (sendsMail()) await deliverMail(database);
      await sweepMail(database);
      return "done";
    case "clean-up":
      return (await cleanUp(database)) === null ? "busy" : "done";
    case "rotate-keys":
      // Whoever reads the keys replaces those that are too old.
      await publishedKeys(new Date());
      return "done";
  }
}
