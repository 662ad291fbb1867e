import { randomBytes } from "node:crypto";

/** Values for unit and database tests; what the test run sets already, stays. */
const values: Record<string, string> = {
  AUTH_URL: "http://localhost:3000",
  AUTH_SECRET: randomBytes(32).toString("base64"),
  TOKEN_ENCRYPTION_KEYS: `k1:${randomBytes(32).toString("base64")}`,
  DATABASE_URL: "postgres://localhost:1/none",
  LOG_LEVEL: "silent",
};

for (const [name, value] of Object.entries(values)) process.env[name] ??= value;
