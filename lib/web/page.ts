import "server-only";
import type { Route } from "next";
import { headers } from "next/headers";
import { forbidden, redirect } from "next/navigation";
import { outcomeUrl } from "./outcome-url";
import { requestIdHeader, requestPathHeader } from "./request-headers";
import { safeReturnPath } from "./safe-return-path";
import { currentViewer } from "./viewer";
import { decideAccess } from "@/lib/domain/access/decide-access";
import { log } from "@/lib/platform/log";
import { loginPath } from "@/lib/routes";
import type { Viewer } from "@/lib/shared/views";

/**
 * The viewer of a gated page; call it first. Signed out: to login and back to the page asked for. Without the
 * permission: 403. Database down: the outcome page that says so. It decides by the route policy again, whatever the
 * middleware did.
 */
export async function requireViewer(path: string): Promise<Viewer> {
  const state = await currentViewer();
  const from = await headers();
  const asked = safeReturnPath(from.get(requestPathHeader)) ?? path;
  const reference = from.get(requestIdHeader) ?? "";
  if (state.status === "unavailable")
    redirect(outcomeUrl("temporarily_unavailable", { reference, from: asked }) as Route);
  const decision = decideAccess(path, state.status === "signed-in" ? state.viewer : null);
  if (decision.kind === "allowed") return decision.viewer;
  if (decision.kind === "unauthenticated") {
    const ended = state.status === "signed-out" && state.ended;
    redirect(loginPath(asked, ended ? "session-ended" : undefined) as Route);
  }
  const { permission } = decision;
  const userId = state.status === "signed-in" ? state.viewer.userId : null;
  log.warn({ event: "authz_fail", requestId: reference, userId, path, permission }, "permission missing");
  forbidden();
}
