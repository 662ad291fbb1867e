import "server-only";
import pino from "pino";
import { logLevel } from "@/lib/env";

/**
 * Names that may hold a secret anywhere in a log entry; their values are masked (ASVS 16.2.5). `code` is an authorization
 * code; outcomes and error codes go by other names.
 */
const secretNames = [
  "password",
  "access_token",
  "refresh_token",
  "id_token",
  "code",
  "client_secret",
  "cookie",
  "authorization",
];

/** The application's log: one JSON object a line on standard output, times in UTC. */
export const log = pino({
  level: logLevel(),
  base: null,
  timestamp: pino.stdTimeFunctions.isoTime,
  formatters: { level: (label) => ({ level: label }) },
  redact: { paths: secretNames.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: "[redacted]" },
  serializers: { cause: (cause: unknown) => (cause instanceof Error ? describeCause(cause) : cause) },
});

/** Drizzle puts a query's parameters into its message, and they hold addresses and digests of passwords. */
const queryParameters = /\nparams: .*/s;
/** Libraries quote what they could not read: JWTs, whole or in part, and other tokens. */
const quotedTokens = /\beyJ[\w-]*(\.[\w-]*)*|[\w-]{40,}/g;

/** An error as log fields: names, messages and codes down the chain of causes, never bodies, tokens or query parameters. */
export function describeCause(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return typeof error === "string" ? withoutSecrets(error) : typeof error;
  const nested = depth < 4 ? nestedCause(error) : undefined;
  const code: unknown = "code" in error ? error.code : undefined;
  return {
    name: error.name,
    message: withoutSecrets(error.message),
    ...(typeof code === "string" && { errorCode: code }),
    ...(nested !== undefined && { cause: describeCause(nested, depth + 1) }),
  };
}

function withoutSecrets(text: string): string {
  return text.replace(queryParameters, "").replace(quotedTokens, "[redacted]").slice(0, 500);
}

/** Auth.js wraps its cause as `{ err }`. */
function nestedCause({ cause }: Error): unknown {
  return typeof cause === "object" && cause !== null && "err" in cause ? cause.err : cause;
}
