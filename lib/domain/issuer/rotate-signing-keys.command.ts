import { rotateSigningKeys } from "./rotate-signing-keys";
import { database, sql } from "@/db/client";

// npm run keys:rotate
const key = await rotateSigningKeys(database(), { now: new Date() });
await sql().end();
if (key !== null)
  console.log(`Signing key ${key.kid} is published now and signs from ${key.activeAt.toISOString()} on.`);
