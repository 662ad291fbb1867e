import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage, ServerResponse } from "node:http";
import { paths } from "@/lib/routes";
import { isOutcomeCode, outcomes } from "@/lib/shared/outcomes";

/**
 * Gives the outcome page the HTTP status of its outcome. A page of the App Router can answer 200, 401, 403, 404 or a
 * redirect and nothing else, so the status is set where Node.js hands out the response. Call it once, at start.
 */
export function applyOutcomeStatus(): void {
  subscribe("http.server.request.start", (message) => {
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
    const status = outcomeStatus(request.url ?? "");
    if (status === null || request.headers["rsc"] !== undefined) return;
    const original = response.writeHead.bind(response) as (
      status: number,
      ...rest: unknown[]
    ) => ServerResponse;
    response.writeHead = (given: number, ...rest: unknown[]) =>
      original(given === 200 ? status : given, ...rest);
  });
}

/** The status that the page at this request target should have, or null when it is no outcome page. */
export function outcomeStatus(target: string): number | null {
  if (!target.startsWith(paths.outcome)) return null;
  const url = new URL(target, "http://outcome.invalid");
  if (url.pathname !== paths.outcome) return null;
  const code = url.searchParams.get("code");
  return outcomes[isOutcomeCode(code) ? code : "unexpected"].status;
}
