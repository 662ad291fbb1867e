import "server-only";
import type { NextRequest } from "next/server";
import { apiFailure } from "./api-answer";
import { apiGuard, apiUnavailable } from "./api-guard";
import { bearerViewer, type BearerFault } from "./bearer";
import { contextFrom } from "./context";
import { isTrustedOrigin } from "./cors";
import { currentViewer } from "./viewer";
import { recordDenied } from "@/lib/domain/access/record-denied";
import { PermissionDenied, requirePermission } from "@/lib/domain/access/require-permission";
import type { Context, PersonContext } from "@/lib/domain/context";
import type { Permission } from "@/lib/shared/permissions";
import { failure, success, type Result } from "@/lib/shared/result";
import type { Viewer } from "@/lib/shared/views";

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

const safeMethods = ["GET", "HEAD", "OPTIONS"];

/**
 * A route handler for a signed-in person: by session cookie, or by `Authorization: Bearer` with an access token of ours.
 * Answers 401, 403, 500 and 503 as JSON by itself (RFC 6750 section 3) and never says why something broke.
 * @param options.permission what the person must be allowed to do
 */
export function apiRoute<Params>(
  options: { readonly permission?: Permission },
  handler: Handler<PersonContext, Params>,
): Route<Params> {
  return guarded(async (viewer, request, params) => {
    if (viewer === null) return unauthenticated();
    const { permission } = options;
    const ctx = contextFrom(request.headers, { kind: "person", viewer });
    try {
      if (permission !== undefined) requirePermission(ctx, permission);
      return await handler(ctx, { params, request });
    } catch (error) {
      if (!(error instanceof PermissionDenied)) throw error;
      await recordDenied(ctx, error, request.nextUrl.pathname);
      return error.reason === "missing" ? permissionDenied(error.permission) : addressUnproved();
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

export function unauthenticated(): Response {
  return apiFailure(401, "unauthenticated", "Sign in first.", {
    "WWW-Authenticate": 'Bearer realm="gatehouse"',
  });
}

/** RFC 6750 section 3.1, `insufficient_scope`. */
export function permissionDenied(permission: string): Response {
  return apiFailure(403, "denied", `This needs the permission ${permission}.`, {
    "WWW-Authenticate": `Bearer realm="gatehouse", error="insufficient_scope", scope="${quotable(permission)}"`,
  });
}

function addressUnproved(): Response {
  return apiFailure(403, "address_unproved", "Prove your e-mail address first.");
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
  const state = await currentViewer();
  if (state.status === "unavailable") return failure(apiUnavailable());
  if (state.status === "signed-out") return success(null);
  // Another site's page can make a browser send the cookie, though it cannot read the answer.
  if (!safeMethods.includes(request.method) && !isTrustedOrigin(request.headers))
    return failure(apiFailure(403, "cross_site_request", "This request came from another site."));
  return success(state.viewer);
}

function invalidToken(fault: BearerFault): Response {
  const error = fault === "malformed" ? "invalid_request" : "invalid_token";
  return apiFailure(401, "unauthenticated", `Sign in first: ${faults[fault]}.`, {
    "WWW-Authenticate": `Bearer realm="gatehouse", error="${error}", error_description="${faults[fault]}"`,
  });
}
