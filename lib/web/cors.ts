import { environment } from "@/lib/env";
import { isSameOrigin } from "./same-origin";

const preflightSeconds = "600";
const methods = "GET, POST, PATCH, DELETE";
const requestHeaders = "Authorization, Content-Type";
const responseHeaders = "Retry-After, WWW-Authenticate, X-Request-Id";

/**
 * What a front end of another origin gets with every answer of the API (WHATWG Fetch, CORS protocol): its own origin
 * and credentials when `CORS_ORIGINS` names it, nothing otherwise.
 */
export function corsHeaders(origin: string | null): Readonly<Record<string, string>> {
  const { CORS_ORIGINS } = environment();
  if (CORS_ORIGINS.length === 0) return {};
  if (origin === null || !CORS_ORIGINS.includes(origin)) return { Vary: "Origin" };
  return {
    Vary: "Origin",
    "Access-Control-Allow-Origin": origin,
    "Access-Control-Allow-Credentials": "true",
    "Access-Control-Expose-Headers": responseHeaders,
  };
}

/** What a browser asks before it sends such a request; null when this is no such question, or nobody may ask it. */
export function preflightHeaders(method: string, headers: Headers): Readonly<Record<string, string>> | null {
  const { CORS_ORIGINS } = environment();
  const origin = headers.get("origin");
  if (method !== "OPTIONS" || !headers.has("access-control-request-method")) return null;
  if (origin === null || !CORS_ORIGINS.includes(origin)) return null;
  return {
    ...corsHeaders(origin),
    "Access-Control-Allow-Methods": methods,
    "Access-Control-Allow-Headers": requestHeaders,
    "Access-Control-Max-Age": preflightSeconds,
  };
}

/** True when a page of ours, or of a front end in `CORS_ORIGINS`, sent this request. */
export function isTrustedOrigin(headers: Headers): boolean {
  const { AUTH_URL, CORS_ORIGINS } = environment();
  return [AUTH_URL, ...CORS_ORIGINS].some((origin) => isSameOrigin(headers, origin));
}
