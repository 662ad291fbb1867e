import { randomBytes } from "node:crypto";

/** Values for unit and database tests; what the test run sets already, stays. */
const values: Record<string, string> = {
  AUTH_URL: "http://localhost:3000",
  AUTH_SECRET: randomBytes(32).toString("base64"),
  TOKEN_ENCRYPTION_KEYS: `k1:${randomBytes(32).toString("base64")}`,
  DATABASE_URL: "postgres://localhost:1/none",
  LOG_LEVEL: "silent",
  // Nothing listens there: a test that speaks to somebody starts its own peer.
  SMTP_URL: "smtp://localhost:1",
  MAIL_FROM: "no-reply@gatehouse.example",
  OIDC_ISSUER: "http://localhost:1",
  OIDC_CLIENT_ID: "gatehouse",
  OIDC_CLIENT_SECRET: "client-secret",
  API_AUDIENCE: "https://api.example.org",
};

for (const [name, value] of Object.entries(values)) process.env[name] ??= value;

/** Sets the configuration of one test file. Call it before anything reads it: it is read once. */
export function configure(settings: Readonly<Record<string, string>>): void {
  Object.assign(process.env, settings);
}

/** What a test run is configured with, for tests that would read the configuration too early by `environment()`. */
export function configured(name: string): string {
  return process.env[name] ?? "";
}
