import { z } from "zod";
import {
  aesKeyRing,
  commaList,
  externalUrl,
  idTokenAlgorithms,
  mailSender,
  oneOf,
  optional,
  originList,
  originOnly,
  positiveInteger,
  rateLimitOverrides,
  roleMap,
  secretList,
  smtpUrl,
  truth,
  wholeNumber,
} from "./env-fields";
import { crossFaults, isLoopback, sessionDefaults, type Fault } from "./env-rules";

const schema = z.object({
  NODE_ENV: oneOf(["development", "test", "production"]).default("production"),
  AUTH_URL: originOnly("set it to the address people type, for example https://app.example.org"),
  AUTH_SECRET: secretList,
  DATABASE_URL: z
    .string("set it to the PostgreSQL connection string")
    .regex(/^postgres(ql)?:\/\//, "must start with postgres:// or postgresql://"),
  DATABASE_POOL_SIZE: positiveInteger(10),
  DATABASE_LOCK_POOL_SIZE: positiveInteger(4),
  DATABASE_PREPARE: truth(true),
  TOKEN_ENCRYPTION_KEYS: aesKeyRing,
  OIDC_ISSUER: optional(externalUrl),
  OIDC_CLIENT_ID: optional(z.string()),
  OIDC_CLIENT_SECRET: optional(z.string()),
  OIDC_NAME: z.string().max(60, "must have at most 60 characters").default("Single sign-on"),
  OIDC_SCOPES: z.string().default("openid profile email offline_access"),
  OIDC_AUDIENCE: optional(z.string()),
  OIDC_RESOURCE: optional(z.url("must be an absolute URI")),
  OIDC_PROMPT: optional(oneOf(["consent", "login", "select_account"])),
  OIDC_TOKEN_AUTH_METHOD: optional(oneOf(["client_secret_basic", "client_secret_post"])),
  OIDC_ID_TOKEN_ALG: optional(oneOf(idTokenAlgorithms)),
  OIDC_USERINFO: truth(true),
  OIDC_SIGN_UP: oneOf(["prompt_create", "screen_hint", "none"]).default("prompt_create"),
  OIDC_LOGOUT: oneOf(["rp_initiated", "auth0_v2", "none"]).default("rp_initiated"),
  OIDC_ROLES_CLAIM: optional(z.string()),
  OIDC_ROLES_MAP: roleMap,
  API_SERVER_URL: optional(externalUrl),
  API_AUDIENCE: optional(z.string()),
  SMTP_URL: optional(smtpUrl),
  MAIL_FROM: optional(mailSender),
  SESSION_IDLE_TIMEOUT_SECONDS: positiveInteger(sessionDefaults.idleTimeoutSeconds),
  SESSION_ABSOLUTE_LIFETIME_SECONDS: positiveInteger(sessionDefaults.absoluteLifetimeSeconds),
  RECENT_AUTHENTICATION_SECONDS: positiveInteger(10 * 60),
  PASSWORD_HASH_CONCURRENCY: optional(wholeNumber(1, 64)),
  PASSWORD_HASH_QUEUE: positiveInteger(200),
  CORS_ORIGINS: originList,
  RATE_LIMITS: rateLimitOverrides,
  TRUSTED_PROXY_HOPS: wholeNumber(0, 10).default(0),
  LOG_LEVEL: oneOf(["trace", "debug", "info", "warn", "error", "silent"]).default("info"),
  ALLOWED_HTTP_HOSTS: commaList,
});

export type Environment = z.output<typeof schema>;

let parsed: Environment | undefined;

/**
 * The configuration, read from the process environment once. Empty variables count as unset.
 * @throws {EnvironmentError} that names every fault and what to do about each.
 */
export function environment(): Environment {
  return (parsed ??= parseEnvironment(process.env));
}

/** The level of the log, for the module that makes it while the build has no configuration yet. */
export function logLevel(): Environment["LOG_LEVEL"] {
  return schema.shape.LOG_LEVEL.catch("info").parse(process.env["LOG_LEVEL"]);
}

/** True when the application is served over https, which decides cookie prefixes and HSTS. */
export function isHttps(): boolean {
  return environment().AUTH_URL.startsWith("https:");
}

/** True when the application can send mail, which is what everything that needs a mail asks first. */
export function sendsMail(): boolean {
  return environment().SMTP_URL !== undefined;
}

export class EnvironmentError extends Error {
  override readonly name = "EnvironmentError";
}

export function parseEnvironment(source: Record<string, string | undefined>): Environment {
  return parseBy(schema, source, crossFaults);
}

function parseBy<Schema extends z.ZodType>(
  by: Schema,
  source: Record<string, string | undefined>,
  rules: (present: Record<string, string>) => Fault[] = () => [],
): z.output<Schema> {
  const present = Object.fromEntries(
    Object.entries(source).flatMap(([name, value]) => (value?.trim() ? [[name, value] as const] : [])),
  );
  const result = by.safeParse(present);
  const issues = result.success ? [] : result.error.issues;
  const faults = [
    ...issues.map(({ path, message }) => ({ name: path.join("."), message })),
    ...rules(present),
  ].map(({ name, message }) => `  - ${name}: ${message}`);
  if (result.success && faults.length === 0) return result.data;
  throw new EnvironmentError(
    `Gatehouse cannot start: ${String(faults.length)} setting(s) need attention.\n${faults.join("\n")}\nSee docs/configuration.md.`,
  );
}

/** True for https, and for http where it stays on this machine or the configuration allows the host. */
export function isAllowedHttpUrl(value: string): boolean {
  const { protocol, hostname } = new URL(value);
  if (protocol === "https:") return true;
  return (
    protocol === "http:" && (isLoopback(hostname) || environment().ALLOWED_HTTP_HOSTS.includes(hostname))
  );
}

const scriptSchema = z.object({
  DATABASE_URL: schema.shape.DATABASE_URL,
  SEED_OIDC_ISSUER: optional(externalUrl),
});

/** What the migration and seed commands need, so that they run without the rest of the configuration. */
export function scriptEnvironment(): z.output<typeof scriptSchema> {
  return parseBy(scriptSchema, process.env);
}
