/** How long a session lives when nothing else is configured (ASVS 7.3). */
export const sessionDefaults = {
  idleTimeoutSeconds: 24 * 60 * 60,
  absoluteLifetimeSeconds: 30 * 24 * 60 * 60,
};

export interface Fault {
  readonly name: string;
  readonly message: string;
}

/** The variables that are set, as text. */
export type Present = Readonly<Record<string, string>>;

/**
 * What is wrong between settings. It looks at the raw values, so that these faults are told with all the others.
 * `issuers` are the variables that name one.
 */
export function crossFaults(present: Present, issuers: readonly string[]): Fault[] {
  return [
    ...mailFaults(present),
    ...lifetimeFaults(present),
    ...logFaults(present),
    ...plainHttpFaults(present, issuers),
  ];
}

/** True for a host that is this machine. */
export function isLoopback(hostname: string): boolean {
  return (
    hostname === "localhost" ||
    hostname.endsWith(".localhost") ||
    hostname === "127.0.0.1" ||
    hostname === "[::1]"
  );
}

function mailFaults({ SMTP_URL, MAIL_FROM }: Present): Fault[] {
  if (SMTP_URL !== undefined && MAIL_FROM === undefined)
    return [{ name: "MAIL_FROM", message: "is needed beside SMTP_URL" }];
  if (SMTP_URL === undefined && MAIL_FROM !== undefined)
    return [{ name: "MAIL_FROM", message: "has no effect without SMTP_URL: set that too" }];
  return [];
}

/** Events are counted where they are logged. */
function logFaults({ LOG_LEVEL, METRICS_PORT, OTEL_EXPORTER_OTLP_ENDPOINT }: Present): Fault[] {
  if (METRICS_PORT === undefined && OTEL_EXPORTER_OTLP_ENDPOINT === undefined) return [];
  if (LOG_LEVEL === undefined || !["warn", "error", "silent"].includes(LOG_LEVEL)) return [];
  return [{ name: "LOG_LEVEL", message: "must be info or finer where metrics are collected" }];
}

function lifetimeFaults(present: Present): Fault[] {
  const idle = Number(present["SESSION_IDLE_TIMEOUT_SECONDS"] ?? sessionDefaults.idleTimeoutSeconds);
  const absolute = Number(
    present["SESSION_ABSOLUTE_LIFETIME_SECONDS"] ?? sessionDefaults.absoluteLifetimeSeconds,
  );
  if (!(idle > absolute)) return [];
  return [
    { name: "SESSION_IDLE_TIMEOUT_SECONDS", message: "must not exceed SESSION_ABSOLUTE_LIFETIME_SECONDS" },
  ];
}

function plainHttpFaults(present: Present, issuers: readonly string[]): Fault[] {
  const allowed = (present["ALLOWED_HTTP_HOSTS"] ?? "").split(",").map((host) => host.trim());
  const faults = ["AUTH_URL", ...issuers, "API_SERVER_URL", "CORS_ORIGINS", "BREACHED_PASSWORDS_URL"].flatMap(
    (name) => {
      const urls = (present[name] ?? "").split(",").map((part) => urlOf(part.trim()));
      const refused = urls.some(
        (url) => url?.protocol === "http:" && !isLoopback(url.hostname) && !allowed.includes(url.hostname),
      );
      const message = "must use https; plain http is for localhost alone (or a host in ALLOWED_HTTP_HOSTS)";
      return refused ? [{ name, message }] : [];
    },
  );
  const overHttps = urlOf(present["AUTH_URL"])?.protocol === "https:";
  const lax =
    overHttps &&
    present["ALLOWED_HTTP_HOSTS"] !== undefined &&
    (present["NODE_ENV"] ?? "production") === "production";
  return lax ? [...faults, { name: "ALLOWED_HTTP_HOSTS", message: "must be empty in production" }] : faults;
}

function urlOf(value: string | undefined): URL | undefined {
  return value !== undefined && URL.canParse(value) ? new URL(value) : undefined;
}
