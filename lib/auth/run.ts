import "server-only";
import NextAuth from "next-auth";
import { NextRequest } from "next/server";
import type { Attempt } from "./attempt";
import { authConfig } from "./config";
import { environment } from "@/lib/env";
import { apiPaths } from "@/lib/routes";

const attempts = new WeakMap<NextRequest, Attempt>();

const { handlers } = NextAuth((request) => {
  const attempt = request === undefined ? undefined : attempts.get(request);
  if (attempt === undefined) throw new TypeError("Auth.js was called around the doors of lib/auth");
  return authConfig(attempt);
});

interface AuthRequest {
  readonly method: "GET" | "POST";
  /** Beneath the base path, for example `/signin/oidc`. */
  readonly action: string;
  readonly query?: URLSearchParams;
  readonly form?: Record<string, string>;
  readonly cookie?: string;
}

/** Sends one request of our own making through Auth.js. What a client sent reaches it only where it is named here. */
export function runAuth(
  attempt: Attempt,
  { method, action, query, form, cookie }: AuthRequest,
): Promise<Response> {
  const url = new URL(apiPaths.auth + action, environment().AUTH_URL);
  if (query !== undefined) url.search = query.toString();
  const request = new NextRequest(url, {
    method,
    headers: {
      ...(cookie !== undefined && { cookie }),
      ...(form !== undefined && { "content-type": "application/x-www-form-urlencoded" }),
    },
    ...(form !== undefined && { body: new URLSearchParams(form).toString() }),
  });
  attempts.set(request, attempt);
  return handlers[method](request);
}
