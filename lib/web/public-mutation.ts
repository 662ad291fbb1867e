import "server-only";
import type { NextRequest } from "next/server";
import { apiFailure } from "./api-answer";
import { contextFrom } from "./context";
import { isTrustedOrigin } from "./cors";
import { apiGuard } from "./api-guard";
import type { Context } from "@/lib/domain/context";

/**
 * A route handler that changes something for whoever brings the right secret in the body. A page of another site is
 * refused (ASVS 3.5.1); a client without an `Origin` header is no browser page.
 */
export function publicMutation(
  handle: (ctx: Context, request: NextRequest) => Promise<Response>,
): (request: NextRequest) => Promise<Response> {
  return (request) =>
    apiGuard(request, () => {
      if (request.headers.has("origin") && !isTrustedOrigin(request.headers))
        return Promise.resolve(apiFailure(403, "cross_site_request", "This request came from another site."));
      return handle(contextFrom(request.headers, { kind: "visitor" }), request);
    });
}
