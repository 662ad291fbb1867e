import "server-only";
import { headers } from "next/headers";
import { cache } from "react";
import { afterResponse } from "./after-response";
import { requestIdHeader } from "./request-headers";
import { browserSessionToken } from "./start-session";
import { findSession } from "@/lib/domain/sessions/find-session";
import { needsTouch, touchSession } from "@/lib/domain/sessions/touch-session";
import { isDatabaseUnavailable } from "@/lib/platform/database-errors";
import { log } from "@/lib/platform/log";
import type { Viewer } from "@/lib/shared/views";

export type ViewerState =
  | { readonly status: "signed-in"; readonly viewer: Viewer }
  | {
      readonly status: "signed-out";
      /** A cookie of ours was sent, but its session has ended. */ readonly ended: boolean;
    }
  | { readonly status: "unavailable" };

/**
 * Who is looking: one cookie check and one query, once a request. `unavailable` when the database cannot be asked;
 * nobody is signed in then.
 */
export const currentViewer = cache(async (): Promise<ViewerState> => {
  const token = await browserSessionToken();
  if (token === null) return { status: "signed-out", ended: false };
  try {
    const found = await findSession(token);
    if (found === null) return { status: "signed-out", ended: true };
    const { viewer, lastSeenAt } = found;
    const now = new Date();
    // After the response: the page does not wait for the write, and a failed write costs the person nothing.
    if (needsTouch(lastSeenAt, now)) afterResponse(() => touchSession(viewer.sessionId, now));
    return { status: "signed-in", viewer };
  } catch (error) {
    if (!isDatabaseUnavailable(error)) throw error;
    const requestId = (await headers()).get(requestIdHeader);
    log.error({ event: "database_unavailable", requestId, cause: error }, "the session could not be checked");
    return { status: "unavailable" };
  }
});
