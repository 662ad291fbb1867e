import { randomBytes } from "node:crypto";
import { migrate } from "../app/database";
import { createDatabase } from "../postgres/connection";
import { removeState, startWorld } from "../world";

/**
 * Runs something on an empty, migrated database and removes it afterwards: on the server of DATABASE_URL when that is
 * set, else on a cluster of its own, so that a running demo is not touched.
 */
export async function withTestDatabase<T>(
  stateDir: string,
  work: (env: Readonly<Record<string, string>>) => Promise<T>,
): Promise<T> {
  const { DATABASE_URL } = process.env;
  const ports = { app: 0, postgres: 0, oidc: 0, api: 0, smtp: 0, mailbox: 0 };
  const world = await startWorld({ stateDir, ports, environment: { DATABASE_URL }, only: ["postgres"] });
  try {
    const name = `gatehouse_test_${randomBytes(6).toString("hex")}`;
    const database = await createDatabase(world.urls.database, name);
    try {
      const env = { ...world.env, DATABASE_URL: database.url };
      await migrate(env);
      return await work(env);
    } finally {
      await database.drop();
    }
  } finally {
    await world.stop();
    await removeState(stateDir);
  }
}
