import { z } from "zod";
import {
  aesKeyRing,
  builtBasePath,
  commaList,
  externalUrl,
  mailSender,
  oneOf,
  optional,
  emailList,
  originList,
  ownAddress,
  positiveInteger,
  rateLimitOverrides,
  secretList,
  smtpUrl,
  truth,
  wholeNumber,
} from "./env-fields";
import { readProviders, type ProviderSettings } from "./env-providers";
import { basePath } from "@/lib/shared/base-path";
import { crossFaults, isLoopback, sessionDefaults, type Fault, type Present } from "./env-rules";

const schema = z.object({
  NODE_ENV: oneOf(["development", "test", "production"]).default("production"),
  BASE_PATH: builtBasePath,
  /** Its origin; the path that it ends with is `basePath`, with which every path of `lib/routes.ts` begins. */
  AUTH_URL: ownAddress("set it to the address people type, for example https://app.example.org"),
  AUTH_SECRET: secretList,
  DATABASE_URL: z
    .string("set it to the PostgreSQL connection string")
    .regex(/^postgres(ql)?:\/\//, "must start with postgres:// or postgresql://"),
  DATABASE_POOL_SIZE: positiveInteger(10),
  DATABASE_LOCK_POOL_SIZE: positiveInteger(4),
  DATABASE_PREPARE: truth(true),
  TOKEN_ENCRYPTION_KEYS: aesKeyRing,
  /** Ids, comma-separated; `readProviders` reads them and every other variable that begins with `OIDC_`. */
  OIDC_PROVIDERS: optional(z.string()),
  API_SERVER_URL: optional(externalUrl),
  API_AUDIENCE: optional(z.string()),
  SMTP_URL: optional(smtpUrl),
  MAIL_FROM: optional(mailSender),
  SESSION_IDLE_TIMEOUT_SECONDS: positiveInteger(sessionDefaults.idleTimeoutSeconds),
  SESSION_ABSOLUTE_LIFETIME_SECONDS: positiveInteger(sessionDefaults.absoluteLifetimeSeconds),
  RECENT_AUTHENTICATION_SECONDS: positiveInteger(10 * 60),
  PASSWORD_HASH_CONCURRENCY: optional(wholeNumber(1, 64)),
  PASSWORD_HASH_QUEUE: positiveInteger(100),
  BREACHED_PASSWORDS_URL: optional(externalUrl),
  CORS_ORIGINS: originList,
  ADMIN_EMAILS: emailList,
  AUDIT_RETENTION_DAYS: optional(wholeNumber(1, 36_500)),
  RATE_LIMITS: rateLimitOverrides,
  CRON_SECRET: optional(secretList),
  SHUTDOWN_DELAY_SECONDS: wholeNumber(0, 60).default(5),
  TRUSTED_PROXY_HOPS: wholeNumber(0, 10).default(0),
  OTEL_EXPORTER_OTLP_ENDPOINT: optional(externalUrl),
  METRICS_PORT: optional(wholeNumber(1, 65_535)),
  METRICS_HOST: z.string().default("127.0.0.1"),
  LOG_LEVEL: oneOf(["trace", "debug", "info", "warn", "error", "silent"]).default("info"),
  ALLOWED_HTTP_HOSTS: commaList,
});

export type Environment = z.output<typeof schema> & { readonly providers: readonly ProviderSettings[] };

/** A variable of the application, those of providers apart. */
export type SettingName = keyof z.input<typeof schema>;

/** What the environment of this process sets, as text. It holds secrets. */
export function presentSettings(): Present {
  return withoutEmpty(process.env);
}

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

/** The address of the application, its path included, without a slash at the end. */
export function ownUrl(): string {
  return environment().AUTH_URL + basePath;
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
  readonly faults: readonly Fault[];

  constructor(faults: readonly Fault[]) {
    const lines = faults.map(({ name, message }) => `  - ${name}: ${message}`);
    super(
      `Gatehouse cannot start: ${String(faults.length)} setting(s) need attention.\n${lines.join("\n")}\nSee docs/configuration.md.`,
    );
    this.faults = faults;
  }
}

export function parseEnvironment(source: Record<string, string | undefined>): Environment {
  const present = withoutEmpty(source);
  const { providers, issuerVariables, faults } = readProviders(present);
  const settings = read(schema, present, [...crossFaults(present, issuerVariables), ...faults]);
  return { ...settings, providers };
}

function withoutEmpty(source: Record<string, string | undefined>): Present {
  return Object.fromEntries(
    Object.entries(source).flatMap(([name, value]) => (value?.trim() ? [[name, value] as const] : [])),
  );
}

function read<Schema extends z.ZodType>(
  by: Schema,
  present: Present,
  otherFaults: readonly Fault[] = [],
): z.output<Schema> {
  const result = by.safeParse(present);
  const malformed = (result.error?.issues ?? []).map(({ path, message }) => ({
    name: path.join("."),
    message,
  }));
  const faults = [...malformed, ...otherFaults];
  if (result.success && faults.length === 0) return result.data;
  throw new EnvironmentError(faults);
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
  return read(scriptSchema, withoutEmpty(process.env));
}
