import "server-only";
import { createHash } from "node:crypto";
import pino, { type LoggerOptions } from "pino";
import { telemetry } from "./telemetry/held";
import { logLevel } from "@/lib/env";

/**
 * Names that may hold a secret anywhere in a log entry; their values are masked (ASVS 16.2.5). `code` is an authorization
 * code; outcomes and error codes go by other names.
 */
export const secretNames = [
  "password",
  "access_token",
  "refresh_token",
  "id_token",
  "code",
  "client_secret",
  "cookie",
  "authorization",
];

export const logOptions: LoggerOptions = {
  level: logLevel(),
  base: null,
  timestamp: pino.stdTimeFunctions.isoTime,
  formatters: { level: (label) => ({ level: label }) },
  redact: { paths: secretNames.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: "[redacted]" },
  serializers: {
    cause: (cause: unknown) => (cause instanceof Error ? describeCause(cause) : cause),
    userId: pseudonym,
    actorId: pseudonym,
    subjectId: pseudonym,
    place: (place: object) => ("userId" in place ? { ...place, userId: pseudonym(place.userId) } : place),
  },
  mixin(entry) {
    const listening = telemetry();
    if (listening === null) return {};
    if ("event" in entry && typeof entry.event === "string")
      listening.count("gatehouse.events", { event: entry.event });
    const traceId = listening.traceId();
    return traceId === undefined ? {} : { traceId };
  },
};

/** The application's log: one JSON object a line on standard output, times in UTC, people under a pseudonym. */
export const log = pino(logOptions);

/**
 * Who somebody is in the log: the same for the same person, and nobody without the table of users. The ids are random,
 * so a plain digest says no more than they do.
 */
export function pseudonym(id: unknown): unknown {
  return typeof id === "string" ? createHash("sha256").update(id).digest("hex").slice(0, 16) : id;
}

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

/** A text that a library wrote, without query parameters, JWTs and long tokens. */
export function withoutSecrets(text: string): string {
  return text.replace(queryParameters, "").replace(quotedTokens, "[redacted]").slice(0, 500);
}

/** Auth.js wraps its cause as `{ err }`. */
function nestedCause({ cause }: Error): unknown {
  return typeof cause === "object" && cause !== null && "err" in cause ? cause.err : cause;
}
