import { z } from "zod";
import {
  aesKeyRing,
  commaList,
  externalUrl,
  optional,
  originOnly,
  positiveInteger,
  roleMap,
  secretList,
  truth,
} from "./env-fields";

const schema = z
  .object({
    NODE_ENV: z.enum(["development", "test", "production"]).default("production"),
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
    OIDC_NAME: z.string().max(60).default("Single sign-on"),
    OIDC_SCOPES: z.string().default("openid profile email offline_access"),
    OIDC_AUDIENCE: optional(z.string()),
    OIDC_RESOURCE: optional(z.url("must be an absolute URI")),
    OIDC_PROMPT: optional(z.enum(["consent", "login", "select_account"])),
    OIDC_TOKEN_AUTH_METHOD: optional(z.enum(["client_secret_basic", "client_secret_post"])),
    OIDC_ID_TOKEN_ALG: optional(z.string()),
    OIDC_SIGN_UP: z.enum(["prompt_create", "screen_hint", "none"]).default("prompt_create"),
    OIDC_LOGOUT: z.enum(["rp_initiated", "auth0_v2", "none"]).default("rp_initiated"),
    OIDC_ROLES_CLAIM: optional(z.string()),
    OIDC_ROLES_MAP: roleMap,
    API_SERVER_URL: optional(externalUrl),
    API_AUDIENCE: optional(z.string()),
    SESSION_IDLE_TIMEOUT_SECONDS: positiveInteger(24 * 60 * 60),
    SESSION_ABSOLUTE_LIFETIME_SECONDS: positiveInteger(30 * 24 * 60 * 60),
    PASSWORD_HASH_CONCURRENCY: optional(z.coerce.number().int().min(1).max(64)),
    PASSWORD_HASH_QUEUE: positiveInteger(200),
    TRUSTED_PROXY_HOPS: z.coerce.number().int().min(0).max(10).default(0),
    LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "silent"]).default("info"),
    ALLOWED_HTTP_HOSTS: commaList,
  })
  .check(({ value, issues }) => {
    const report = (path: string, message: string): void => {
      issues.push({ code: "custom", message, input: undefined, path: [path] });
    };
    if (value.OIDC_ISSUER !== undefined) {
      if (value.OIDC_CLIENT_ID === undefined) report("OIDC_CLIENT_ID", "is needed beside OIDC_ISSUER");
      if (value.OIDC_CLIENT_SECRET === undefined)
        report("OIDC_CLIENT_SECRET", "is needed beside OIDC_ISSUER");
    }
    if (!value.OIDC_SCOPES.split(" ").includes("openid")) report("OIDC_SCOPES", "must contain openid");
    if (value.SESSION_IDLE_TIMEOUT_SECONDS > value.SESSION_ABSOLUTE_LIFETIME_SECONDS)
      report("SESSION_IDLE_TIMEOUT_SECONDS", "must not exceed SESSION_ABSOLUTE_LIFETIME_SECONDS");
    for (const name of ["AUTH_URL", "OIDC_ISSUER", "API_SERVER_URL"] as const) {
      const url = value[name] === undefined ? undefined : new URL(value[name]);
      if (
        url?.protocol === "http:" &&
        !isLoopback(url.hostname) &&
        !value.ALLOWED_HTTP_HOSTS.includes(url.hostname)
      )
        report(name, "must use https; plain http is for localhost alone (or a host in ALLOWED_HTTP_HOSTS)");
    }
    if (value.NODE_ENV === "production" && !isLoopback(new URL(value.AUTH_URL).hostname)) {
      if (value.ALLOWED_HTTP_HOSTS.length > 0 && new URL(value.AUTH_URL).protocol === "https:")
        report("ALLOWED_HTTP_HOSTS", "must be empty in production");
    }
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

export class EnvironmentError extends Error {
  override readonly name = "EnvironmentError";
}

export function parseEnvironment(source: Record<string, string | undefined>): Environment {
  const present = Object.fromEntries(
    Object.entries(source).filter(([, value]) => value !== undefined && value.trim() !== ""),
  );
  const result = schema.safeParse(present);
  if (result.success) return result.data;
  const faults = result.error.issues.map(({ path, message }) => `  - ${path.join(".")}: ${message}`);
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
  return scriptSchema.parse(process.env);
}

function isLoopback(hostname: string): boolean {
  return (
    hostname === "localhost" ||
    hostname.endsWith(".localhost") ||
    hostname === "127.0.0.1" ||
    hostname === "[::1]"
  );
}
