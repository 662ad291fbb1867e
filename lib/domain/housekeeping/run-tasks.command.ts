import { runTask } from "./run-task";
import { isTask, tasks } from "./tasks";
import { database, sql } from "@/db/client";

// npm run maintain [-- deliver-mail clean-up seal-audit bulk-changes rotate-keys]: what the running application does by itself.
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !isTask(name));
if (unknown.length > 0) {
  console.error(`There is no task ${unknown.join(", ")}; there are ${tasks.join(", ")}.`);
  process.exit(2);
}
for (const task of asked.length === 0 ? tasks : asked.filter(isTask))
  console.log(`${task}: ${await runTask(task, database())}`);
await sql().end();
