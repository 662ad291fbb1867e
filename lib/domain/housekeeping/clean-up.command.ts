import { cleanUp } from "./clean-up";
import { database, sql } from "@/db/client";

// npm run accounts:purge: what the running application does by itself every hour.
const done = await cleanUp(database());
await sql().end();
console.log(
  done === null
    ? "Another instance is cleaning up at this moment."
    : `${String(done.accounts)} accounts and ${String(done.sessions)} sessions were deleted.`,
);
