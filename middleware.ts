import { randomBytes } from "node:crypto";
import { NextResponse, type NextRequest } from "next/server";
import { environment, isHttps } from "@/lib/env";
import { loginPath } from "@/lib/routes";
import { picturePath } from "@/lib/routes-pictures";
import { onHost } from "@/lib/shared/base-path";
import { refuseMethod } from "@/lib/web/api-methods";
import { contentSecurityPolicy, picturePolicy } from "@/lib/web/content-security-policy";
import { corsHeaders, preflightHeaders } from "@/lib/web/cors";
import { needsLogin } from "@/lib/web/needs-login";
import { nonceHeader, pathnameHeader, requestIdHeader, requestPathHeader } from "@/lib/web/request-headers";

/**
 * Gives each request an id and each page a nonce, and spares a signed-out visitor the way to a page that would turn
 * them away. It looks at the cookie's signature alone and decides nothing: every page decides again with the table.
 */
export function middleware(request: NextRequest): Response {
  // The framework has taken the base path away.
  const { pathname, search } = request.nextUrl;
  const https = isHttps();
  const preflight = pathname.startsWith("/api/") ? preflightHeaders(request.method, request.headers) : null;
  if (preflight !== null) return new NextResponse(null, { status: 204, headers: preflight });
  const requestId = randomBytes(9).toString("base64url");
  const nonce = randomBytes(16).toString("base64");
  const policy = contentSecurityPolicy(nonce, {
    development: environment().NODE_ENV === "development",
    https,
  });

  const response =
    refuseMethod(request.method, pathname) ??
    (needsLogin(request)
      ? NextResponse.redirect(new URL(loginPath(onHost(pathname) + search), environment().AUTH_URL), 307)
      : NextResponse.next({ request: { headers: withOurs(request, { requestId, nonce, policy }) } }));
  response.headers.set(requestIdHeader, requestId);
  response.headers.set(
    "Content-Security-Policy",
    pathname.startsWith(picturePath("")) ? picturePolicy : policy,
  );
  if (pathname.startsWith("/api/"))
    for (const [name, value] of Object.entries(corsHeaders(request.headers.get("origin"))))
      response.headers.set(name, value);
  if (https) response.headers.set("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
  return response;
}

function withOurs(
  request: NextRequest,
  { requestId, nonce, policy }: { requestId: string; nonce: string; policy: string },
): Headers {
  const { search } = request.nextUrl;
  const pathname = onHost(request.nextUrl.pathname);
  const headers = new Headers(request.headers);
  headers.set(requestIdHeader, requestId);
  headers.set(requestPathHeader, pathname + search);
  headers.set(pathnameHeader, pathname);
  headers.set(nonceHeader, nonce);
  // Next.js reads the nonce for its own scripts from here.
  headers.set("Content-Security-Policy", policy);
  return headers;
}

export const config = {
  runtime: "nodejs",
  // Below a base path the second does not hold for the root itself.
  matcher: ["/", "/((?!_next/static|_next/image|icon.svg|favicon.ico|robots.txt).*)"],
};
