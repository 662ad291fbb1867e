import type { NextRequest } from "next/server";
import { accessFor } from "@/lib/routes";
import { onHost } from "@/lib/shared/base-path";
import { sessionCookieName, sessionTokenFrom } from "@/lib/web/session-cookie";

/**
 * Whether this request can be sent to the login page without asking the database: it is for those who are signed in, and
 * its cookie has no signature of ours. That one is well signed says nothing; the page looks the session up.
 */
export function needsLogin(request: NextRequest): boolean {
  // A POST keeps its body: the action answers "unauthenticated" and the page shows it in place.
  if (request.method !== "GET" && request.method !== "HEAD") return false;
  const access = accessFor(onHost(request.nextUrl.pathname));
  if (access?.kind !== "signed-in" && access?.kind !== "permission") return false;
  return sessionTokenFrom(request.cookies.get(sessionCookieName())?.value) === null;
}
