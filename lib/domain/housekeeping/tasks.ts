import "server-only";

/** What has to be done from time to time, whoever calls for it: a running process, a command, or a scheduler. */
export const tasks = ["deliver-mail", "clean-up", "seal-audit", "bulk-changes", "rotate-keys"] as const;

export type Task = (typeof tasks)[number];

export function isTask(name: string): name is Task {
  return (tasks as readonly string[]).includes(name);
}
