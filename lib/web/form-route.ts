import "server-only";
import { outcome, seeOther } from "./answers";
import { contextFrom } from "./context";
import { denied } from "./denied";
import { maxFormBytes, readForm, type FormFields } from "./read-form";
import { requestIdHeader } from "./request-headers";
import { isSameOrigin } from "./same-origin";
import { PermissionDenied } from "@/lib/domain/access/require-permission";
import type { Context } from "@/lib/domain/context";
import { environment } from "@/lib/env";
import { isDatabaseUnavailable } from "@/lib/platform/database-errors";
import { describeCause, log } from "@/lib/platform/log";

interface FormRouteOptions {
  /** Of the whole body; for forms with a file. */
  readonly maxBytes?: number;
  /** Where a form leads that cannot be read; the outcome page when left out. */
  readonly tooLarge?: string;
}

/**
 * A route handler for a form of ours that answers with a redirect: refuses requests from other sites and forms that are
 * too large, and turns what is thrown into an outcome page with a reference. Nothing else takes POST from a browser.
 */
export function formRoute<Parameters>(
  handle: (ctx: Context, form: FormFields, request: Request, parameters: Parameters) => Promise<Response>,
  { maxBytes = maxFormBytes, tooLarge }: FormRouteOptions = {},
): (request: Request, route: { params: Promise<Parameters> }) => Promise<Response> {
  return async (request, { params }) => {
    const reference = request.headers.get(requestIdHeader) ?? "";
    if (!isSameOrigin(request.headers, environment().AUTH_URL)) {
      log.warn(
        { event: "cross_site_request", requestId: reference, path: new URL(request.url).pathname },
        "refused",
      );
      return outcome("cross_site_request", reference);
    }
    try {
      const form = await readForm(request, maxBytes);
      if (form === null)
        return tooLarge === undefined ? outcome("invalid_request", reference) : seeOther(tooLarge);
      return await handle(contextFrom(request.headers, { kind: "visitor" }), form, request, await params);
    } catch (error) {
      if (error instanceof PermissionDenied) {
        await denied(error);
        return outcome("permission_denied", reference);
      }
      log.error(
        { event: "request_failed", requestId: reference, cause: describeCause(error) },
        "a form route failed",
      );
      return outcome(isDatabaseUnavailable(error) ? "temporarily_unavailable" : "unexpected", reference);
    }
  };
}
