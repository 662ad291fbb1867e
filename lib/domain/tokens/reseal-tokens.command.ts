import { resealTokens } from "./reseal-tokens";
import { database, sql } from "@/db/client";
import { environment } from "@/lib/env";

// npm run tokens:rotate: after a new key was put first in TOKEN_ENCRYPTION_KEYS, before the old one is taken out.
const [newest] = environment().TOKEN_ENCRYPTION_KEYS;
const { seen, resealed, unreadable } = await resealTokens(database(), (progress) => {
  process.stderr.write(`\r${String(progress.seen)} rows seen, ${String(progress.resealed)} sealed anew`);
});
process.stderr.write("\n");
await sql().end();
console.log(`${String(resealed)} of ${String(seen)} rows were sealed anew under key ${newest?.id ?? ""}.`);
if (unreadable > 0) {
  console.error(
    `${String(unreadable)} rows cannot be opened with any configured key: those people will be asked to connect again.`,
  );
  process.exitCode = 1;
}
