import "server-only";
import type { NextRequest } from "next/server";
import { apiFailure, refusalAnswer, type ApiRefusal } from "./api-answer";
import { apiGuard, apiUnavailable } from "./api-guard";
import { bearerViewer, type BearerFault } from "./bearer";
import { contextFrom } from "./context";
import { isMutation } from "./api-operation";
import { isTrustedOrigin } from "./cors";
import { currentViewer } from "./viewer";
import { recordDenied } from "@/lib/domain/access/record-denied";
import { PermissionDenied, requirePermission } from "@/lib/domain/access/require-permission";
import type { Context, PersonContext } from "@/lib/domain/context";
import type { Permission } from "@/lib/shared/permissions";
import type { Viewer } from "@/lib/shared/views";
import { failure, success, type Result } from "@/lib/shared/result";

type Handler<Given, Params> = (
  ctx: Given,
  request: { readonly params: Params; readonly request: NextRequest },
) => Promise<Response>;

type Route<Params> = (request: NextRequest, segment: { params: Promise<Params> }) => Promise<Response>;

const faults: Readonly<Record<BearerFault, string>> = {
  malformed: "the Authorization header is not a bearer token",
  invalid: "the access token is not valid here",
  expired: "the access token has expired",
  session_ended: "the session of the access token has ended",
};

/**
 * A route handler for a signed-in person: by session cookie, or by `Authorization: Bearer` with an access token of ours.
 * Answers 401, 403, 500 and 503 as JSON by itself (RFC 6750 section 3) and never says why something broke.
 * @param options.permission what the person must be allowed to do, for which they must have proved their e-mail address
 */
export function apiRoute<Params>(
  options: { readonly permission?: Permission },
  handler: Handler<PersonContext, Params>,
): Route<Params> {
  return guarded(async (viewer, request, params) => {
    if (viewer === null) return refusalAnswer(notSignedIn);
    const { permission } = options;
    const ctx = contextFrom(request.headers, { kind: "person", viewer });
    try {
      if (permission !== undefined) requirePermission(ctx, permission);
      return await handler(ctx, { params, request });
    } catch (error) {
      if (!(error instanceof PermissionDenied)) throw error;
      await recordDenied(ctx, error, request.nextUrl.pathname);
      return refusalAnswer(
        error.reason === "missing" ? permissionDenied(error.permission) : addressNotProved,
      );
    }
  });
}

/** Like {@link apiRoute} for a handler that serves visitors too. Credentials that are no good are still refused. */
export function openApiRoute<Params>(handler: Handler<Context, Params>): Route<Params> {
  return guarded((viewer, request, params) => {
    const actor = viewer === null ? ({ kind: "visitor" } as const) : ({ kind: "person", viewer } as const);
    return handler(contextFrom<Context["actor"]>(request.headers, actor), { params, request });
  });
}

/**
 * A route handler for which it makes no difference who is signed in: the secret is in the body, if there is one. A page of
 * another site is refused all the same (ASVS 3.5.1); a client without an `Origin` header is no browser page.
 */
export function publicMutation<Params>(handler: Handler<Context, Params>): Route<Params> {
  return (request, segment) =>
    apiGuard(request, async () =>
      isForeign(request)
        ? refusalAnswer(crossSiteRequest)
        : handler(contextFrom(request.headers, { kind: "visitor" }), {
            params: await segment.params,
            request,
          }),
    );
}

export const notSignedIn = { code: "unauthenticated", message: "Sign in first." } as const;

export const addressNotProved = {
  code: "unverified",
  message: "Confirm your e-mail address first.",
} as const;

const crossSiteRequest = {
  code: "cross_site_request",
  message: "This request came from another site.",
} as const;

/** RFC 6750 section 3.1, `insufficient_scope`. */
export function permissionDenied(permission: string): ApiRefusal<"denied"> {
  const challenge = `Bearer realm="gatehouse", error="insufficient_scope", scope="${quotable(permission)}"`;
  return {
    code: "denied",
    message: `This needs the permission ${permission}.`,
    headers: { "WWW-Authenticate": challenge },
  };
}

/** What of `value` may stand between the quotes of a parameter (RFC 6750 section 3). */
export function quotable(value: string): string {
  return value.replace(/[^\x20\x21\x23-\x5b\x5d-\x7e]/g, "");
}

function guarded<Params>(
  work: (viewer: Viewer | null, request: NextRequest, params: Params) => Promise<Response>,
): Route<Params> {
  return (request, segment) =>
    apiGuard(request, async () => {
      const viewer = await viewerOf(request);
      return viewer.ok ? work(viewer.value, request, await segment.params) : viewer.error;
    });
}

/** An Authorization header decides alone; without one, the session cookie does. */
async function viewerOf(request: NextRequest): Promise<Result<Viewer | null, Response>> {
  const authorization = request.headers.get("authorization");
  if (authorization !== null) {
    const bearer = await bearerViewer(authorization, new Date());
    return bearer.ok ? bearer : failure(invalidToken(bearer.error));
  }
  if (isForeign(request)) return failure(refusalAnswer(crossSiteRequest));
  const state = await currentViewer();
  if (state.status === "unavailable") return failure(apiUnavailable());
  if (state.status === "signed-out") return success(null);
  // Another site's page can make a browser send the cookie, though it cannot read the answer.
  if (isMutation(request.method) && !isTrustedOrigin(request.headers))
    return failure(refusalAnswer(crossSiteRequest));
  return success(state.viewer);
}

/** True when a page of a site that is not trusted sent it. */
function isForeign({ method, headers }: NextRequest): boolean {
  return isMutation(method) && headers.has("origin") && !isTrustedOrigin(headers);
}

function invalidToken(fault: BearerFault): Response {
  const error = fault === "malformed" ? "invalid_request" : "invalid_token";
  return apiFailure("unauthenticated", `Sign in first: ${faults[fault]}.`, {
    "WWW-Authenticate": `Bearer realm="gatehouse", error="${error}", error_description="${faults[fault]}"`,
  });
}
