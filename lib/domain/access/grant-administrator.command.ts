import { randomUUID } from "node:crypto";
import { grantAdministrator } from "./grant-administrator";
import { database, sql } from "@/db/client";
import { nameCommands } from "@/lib/platform/own-commands";

// npm run admin:grant -- ada@example.org: the first administrator, by whoever may run commands on the server.
const [email = ""] = process.argv.slice(2);
const granted = await grantAdministrator(
  {
    actor: { kind: "system", name: "admin-grant" },
    requestId: randomUUID(),
    address: null,
    userAgent: null,
    now: () => new Date(),
    db: database(),
  },
  { email },
).finally(() => sql().end());

if (granted.ok) {
  console.log(granted.value ? `${email} is an administrator now.` : `${email} is an administrator already.`);
} else {
  console.error(
    nameCommands(
      `Nobody has proved the address "${email}". They must have an account, and have followed the link that we sent, or have ` +
        "logged in with a provider that vouches for it. Usage: npm run admin:grant -- ada@example.org",
    ),
  );
  process.exitCode = 1;
}
