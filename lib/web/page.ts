import "server-only";
import { headers } from "next/headers";
import { unstable_rethrow } from "next/navigation";
import { setPageStatus } from "./page-status";
import { requestIdHeader, requestPathHeader } from "./request-headers";
import { safeReturnPath } from "./safe-return-path";
import { currentViewer } from "./viewer";
import { personContext } from "./context";
import { redirect } from "./redirect";
import { decideAccess } from "@/lib/domain/access/decide-access";
import { recordDenied } from "@/lib/domain/access/record-denied";
import type { PermissionDenied } from "@/lib/domain/access/require-permission";
import { isDatabaseUnavailable } from "@/lib/platform/database-errors";
import { describeCause, log } from "@/lib/platform/log";
import { loginPath } from "@/lib/routes";
import { outcomes, type OutcomeCode } from "@/lib/shared/outcomes";
import type { Permission } from "@/lib/shared/permissions";
import type { Viewer } from "@/lib/shared/views";

/** What a gated page may show. The status of the answer is set already. */
export type PageAccess = { readonly kind: "allowed"; readonly viewer: Viewer } | PageDenial | PageFailure;

export type PageDenial =
  | {
      readonly kind: "denied";
      readonly viewer: Viewer;
      readonly permission: Permission;
      readonly reference: string;
    }
  | { readonly kind: "unverified"; readonly viewer: Viewer; readonly reference: string };

export interface PageFailure {
  readonly kind: "failed";
  readonly code: OutcomeCode;
  readonly reference: string;
  /** The page asked for, to try again. */
  readonly from: string;
}

/**
 * Decides on a gated page by the route policy, whatever the middleware did. Signed out: redirects to login and back to
 * the page asked for. Without the permission: 403. Database down: 503.
 */
export async function decidePage(path: string): Promise<PageAccess> {
  const state = await currentViewer();
  const { reference, from } = await asked(path);
  if (state.status === "unavailable") return failed("temporarily_unavailable", reference, from);
  if (state.status === "signed-out") redirect(loginPath(from, state.ended ? "session-ended" : undefined));
  const { viewer } = state;
  const decision = decideAccess(path, viewer);
  if (decision.kind === "allowed") return { kind: "allowed", viewer };
  const reason = decision.kind === "denied" ? "missing" : "unproved";
  return pageDenied(viewer, { permission: decision.permission, reason }, path);
}

/** The 403 in the place of a page, recorded. */
export async function pageDenied(
  viewer: Viewer,
  denied: Pick<PermissionDenied, "permission" | "reason">,
  path: string,
): Promise<PageDenial> {
  const { reference } = await asked(path);
  await recordDenied(await personContext(viewer), denied, path);
  setPageStatus(reference, 403);
  return denied.reason === "missing"
    ? { kind: "denied", viewer, permission: denied.permission, reference }
    : { kind: "unverified", viewer, reference };
}

/** Turns what a page threw into an outcome with a reference; what belongs to the framework goes on. */
export async function pageFailure(error: unknown, path: string): Promise<PageFailure> {
  unstable_rethrow(error);
  const { reference, from } = await asked(path);
  log.error(
    { event: "page_failed", requestId: reference, path, cause: describeCause(error) },
    "a page failed",
  );
  return failed(isDatabaseUnavailable(error) ? "temporarily_unavailable" : "unexpected", reference, from);
}

/** An outcome in the place of a page, with its status and a reference. */
export async function pageOutcome(code: OutcomeCode, path: string): Promise<PageFailure> {
  const { reference, from } = await asked(path);
  return failed(code, reference, from);
}

/** The viewer of a server action on a gated page; everybody else is sent where the page would send them. */
export async function requireViewer(path: string): Promise<Viewer> {
  const access = await decidePage(path);
  if (access.kind === "allowed") return access.viewer;
  redirect(path);
}

function failed(code: PageFailure["code"], reference: string, from: string): PageFailure {
  setPageStatus(reference, outcomes[code].status);
  return { kind: "failed", code, reference, from };
}

/** The path with its query as the browser asked for it, and the request's id. */
async function asked(path: string): Promise<{ reference: string; from: string }> {
  const sent = await headers();
  return {
    reference: sent.get(requestIdHeader) ?? "",
    from: safeReturnPath(sent.get(requestPathHeader)) ?? path,
  };
}
