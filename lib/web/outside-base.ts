import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage, ServerResponse } from "node:http";
import { staticSecurityHeaders } from "./security-headers";
import { environment } from "@/lib/env";
import { basePath, withinBase } from "@/lib/shared/base-path";

/** The framework answers 404 in plain text beneath this path, before it looks for a page. */
const nowhere = "/_next/static/outside";

/**
 * Has everything outside the base path answered with a bare 404. The framework would draw our page for it, past the
 * middleware: with who is signed in, and without a policy. Call it once, at start.
 */
export function refuseOutside(): void {
  if (basePath === "") return;
  const { METRICS_PORT } = environment();
  subscribe("http.server.request.start", (message) => {
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
    // The server of the metrics is in this process as well.
    if (request.socket.localPort === METRICS_PORT || isInside(request.url ?? "")) return;
    request.url = nowhere;
    for (const { key, value } of staticSecurityHeaders) response.setHeader(key, value);
  });
}

/** Dots are folded first, as the framework does it. */
function isInside(target: string): boolean {
  const any = "http://any.invalid";
  return URL.canParse(target, any) && withinBase(new URL(target, any).pathname) !== null;
}
