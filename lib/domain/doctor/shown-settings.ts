import "server-only";
import type { SettingName } from "@/lib/env";
import type { providerFields } from "@/lib/env-provider-fields";

/**
 * What of a variable is shown. `all` of it; `server`: of a URL scheme, host and port, since the rest may hold a password or
 * a token; `ids`: of `id:key` pairs; `number`: how many there are, since they are people; `nothing` of a secret.
 */
export type Shown = "all" | "server" | "ids" | "number" | "nothing";

export const shownSettings: Readonly<Record<SettingName, Shown>> = {
  NODE_ENV: "all",
  BASE_PATH: "all",
  AUTH_URL: "all",
  AUTH_SECRET: "nothing",
  DATABASE_URL: "server",
  DATABASE_POOL_SIZE: "all",
  DATABASE_LOCK_POOL_SIZE: "all",
  DATABASE_PREPARE: "all",
  TOKEN_ENCRYPTION_KEYS: "ids",
  OIDC_PROVIDERS: "all",
  API_SERVER_URL: "server",
  API_AUDIENCE: "all",
  SMTP_URL: "server",
  MAIL_FROM: "all",
  SESSION_IDLE_TIMEOUT_SECONDS: "all",
  SESSION_ABSOLUTE_LIFETIME_SECONDS: "all",
  RECENT_AUTHENTICATION_SECONDS: "all",
  PASSWORD_HASH_CONCURRENCY: "all",
  PASSWORD_HASH_QUEUE: "all",
  BREACHED_PASSWORDS_URL: "server",
  CORS_ORIGINS: "all",
  ADMIN_EMAILS: "number",
  AUDIT_RETENTION_DAYS: "all",
  RATE_LIMITS: "all",
  CRON_SECRET: "nothing",
  SHUTDOWN_DELAY_SECONDS: "all",
  TRUSTED_PROXY_HOPS: "all",
  OTEL_EXPORTER_OTLP_ENDPOINT: "server",
  METRICS_PORT: "all",
  METRICS_HOST: "all",
  LOG_LEVEL: "all",
  ALLOWED_HTTP_HOSTS: "all",
};

export const shownProviderFields: Readonly<Record<keyof typeof providerFields, Shown>> = {
  PRESET: "all",
  ISSUER: "all",
  CLIENT_ID: "all",
  CLIENT_SECRET: "nothing",
  PRIVATE_KEY: "nothing",
  NAME: "all",
  SCOPES: "all",
  AUDIENCE: "all",
  RESOURCE: "all",
  PROMPT: "all",
  PARAMETERS: "all",
  TOKEN_AUTH_METHOD: "all",
  ASSERTION_AUDIENCE: "all",
  PAR: "all",
  ID_TOKEN_ALG: "all",
  USERINFO: "all",
  SIGN_UP: "all",
  LOGOUT: "all",
  ROLES_CLAIM: "all",
  ROLES_MAP: "all",
};

/** The part of `value` that may be shown; null for none. */
export function shownPart(value: string, shown: Shown): string | null {
  const parts = value.split(",").map((part) => part.trim());
  switch (shown) {
    case "all":
      return value;
    case "server":
      return URL.canParse(value) ? `${new URL(value).protocol}//${new URL(value).host}` : null;
    case "ids":
      return parts.map((part) => part.split(":")[0] ?? "").join(", ");
    case "number":
      return String(parts.length);
    case "nothing":
      return null;
  }
}
