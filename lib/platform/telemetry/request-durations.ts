import "server-only";
import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Meter } from "@opentelemetry/api";

interface Message {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/** Measures every request that the process answers (semantic conventions for HTTP servers). */
export function measureRequests(meter: Meter): void {
  const durations = meter.createHistogram("http.server.request.duration", { unit: "s" });
  const started = new WeakMap<IncomingMessage, number>();
  subscribe("http.server.request.start", (message) => {
    started.set((message as Message).request, performance.now());
  });
  subscribe("http.server.response.finish", (message) => {
    const { request, response } = message as Message;
    const at = started.get(request);
    if (at === undefined) return;
    durations.record((performance.now() - at) / 1_000, {
      "http.request.method": methods.includes(request.method ?? "") ? String(request.method) : "_OTHER",
      "http.response.status_code": response.statusCode,
    });
  });
}
