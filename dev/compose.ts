import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { startWorld } from "./world";

/*
 * The provider, the messages API and the mailbox for compose.yaml, with the database and the addresses that it names.
 * Writes what the application needs to know into `app.env` of the state directory, from where its containers read it.
 */
const stateDir = "/state";
const world = await startWorld({
  stateDir,
  only: ["oidc", "api", "mailbox"],
  log: (line) => {
    console.log(line);
  },
});
const lines = Object.entries({ ...world.env, SEED_OIDC_ISSUER: world.urls.issuer, TRUSTED_PROXY_HOPS: "1" });
writeFileSync(
  join(stateDir, "app.env"),
  lines.map(([name, value]) => `${name}=${JSON.stringify(value)}\n`).join(""),
);
console.log("The world is there.");

await new Promise<void>((resolve) => {
  for (const signal of ["SIGTERM", "SIGINT"])
    process.once(signal, () => {
      resolve();
    });
});
await world.stop();
