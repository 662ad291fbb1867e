import "server-only";
import { logOutcome } from "./log-outcome";
import { environment } from "@/lib/env";
import type { OutcomeCode } from "@/lib/shared/outcomes";

/** Sends the browser to a page of ours by GET, whatever the method was (RFC 9700 section 4.12). */
export function seeOther(path: string, setCookies: readonly string[] = []): Response {
  return withCookies(
    new Response(null, {
      status: 303,
      headers: { location: new URL(path, environment().AUTH_URL).href, "cache-control": "no-store" },
    }),
    setCookies,
  );
}

/**
 * Sends the browser to the outcome page, with a line in the log that the reference finds; `from` is the path that the person was on the
 * way to.
 */
export function outcome(
  code: OutcomeCode,
  reference: string,
  setCookies: readonly string[] = [],
  from: string | null = null,
): Response {
  return seeOther(logOutcome(code, reference, from), setCookies);
}

/**
 * Sends the browser to another site by a page of its own. A plain redirect would do for most, but browsers hold every
 * hop of a submitted form against `form-action 'self'`, and providers send people on to further providers.
 */
export function continueTo(location: string, heading: string, setCookies: readonly string[]): Response {
  const address = escapeHtml(location);
  const title = escapeHtml(heading);
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><link rel="icon" href="data:,"><meta http-equiv="refresh" content="0;url=${address}"></head><body><main><h1>${title}</h1><p><a href="${address}">Continue</a></p></main></body></html>`;
  const headers = {
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-store",
  };
  return withCookies(new Response(html, { headers }), setCookies);
}

function withCookies(response: Response, setCookies: readonly string[]): Response {
  for (const header of setCookies) response.headers.append("set-cookie", header);
  return response;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${String(character.charCodeAt(0))};`);
}
