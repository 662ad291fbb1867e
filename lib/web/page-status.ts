import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage, ServerResponse } from "node:http";
import { requestIdHeader } from "./request-headers";

/** Statuses of pages that are being rendered, by request id. Shared by the bundles of the server through the process. */
const held = globalThis as { gatehousePageStatuses?: Map<string, number> };
const statuses = (held.gatehousePageStatuses ??= new Map());

/** Requests that went away before their answer leave an entry behind; more than this many are let go. */
const maxHeld = 1_000;

/**
 * Gives the page of this request another HTTP status than 200. A page of the App Router can answer 200 or a redirect;
 * its 401, 403 and 404 are empty without scripts, and a 5xx is not to be had. Call it before the page is returned.
 */
export function setPageStatus(requestId: string, status: number): void {
  if (statuses.size >= maxHeld) statuses.delete(statuses.keys().next().value ?? "");
  statuses.set(requestId, status);
}

/** Makes {@link setPageStatus} work where Node.js hands out the response. Call it once, at start. */
export function applyPageStatuses(): void {
  subscribe("http.server.request.start", (message) => {
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
    const original = response.writeHead.bind(response) as (
      status: number,
      ...rest: unknown[]
    ) => ServerResponse;
    response.writeHead = (given: number, ...rest: unknown[]) =>
      original(statusFor(request, response, given), ...rest);
  });
}

function statusFor(request: IncomingMessage, response: ServerResponse, given: number): number {
  const id = response.getHeader(requestIdHeader);
  if (typeof id !== "string") return given;
  const wanted = statuses.get(id);
  if (wanted === undefined) return given;
  statuses.delete(id);
  // The framework's own calls for parts of a page take anything but 200 for a failure of the network.
  return given === 200 && request.headers["rsc"] === undefined ? wanted : given;
}
