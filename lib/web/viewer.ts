import "server-only";
import { headers } from "next/headers";
import { cache } from "react";
import { afterResponse } from "./after-response";
import { pathnameHeader, requestIdHeader } from "./request-headers";
import { browserSessionToken } from "./start-session";
import { findSession, type SessionIdentity } from "@/lib/domain/sessions/find-session";
import { sessionLeft } from "@/lib/domain/sessions/session-left";
import { needsTouch, touchSession } from "@/lib/domain/sessions/touch-session";
import { isDatabaseUnavailable } from "@/lib/platform/database-errors";
import { log } from "@/lib/platform/log";
import { telemetry } from "@/lib/platform/telemetry/held";
import { paths } from "@/lib/routes";
import type { SessionLeft } from "@/lib/shared/session-left";
import type { Viewer } from "@/lib/shared/views";

export type ViewerState =
  | {
      readonly status: "signed-in";
      readonly viewer: Viewer;
      /** This request counted. */ readonly left: SessionLeft;
    }
  | {
      readonly status: "signed-out";
      /** A cookie of ours was sent, but its session has ended. */ readonly ended: boolean;
    }
  | { readonly status: "unavailable" };

interface Look {
  readonly state: ViewerState;
  readonly identity: SessionIdentity | null;
}

const nobody = (state: ViewerState): Look => ({ state, identity: null });

/**
 * Who is looking: one cookie check and one query, once a request. `unavailable` when the database cannot be asked;
 * nobody is signed in then.
 */
export async function currentViewer(): Promise<ViewerState> {
  return (await look()).state;
}

/** The identity that the viewer's session was opened with; the profile page gets it with the session itself. */
export async function currentIdentity(): Promise<SessionIdentity> {
  const { identity } = await look();
  if (identity !== null) return identity;
  const token = await browserSessionToken();
  const found = token === null ? null : await findSession(token, { withIdentity: true });
  if (found?.identity == null) throw new Error("nobody is signed in any more");
  return found.identity;
}

const look = cache(async (): Promise<Look> => {
  const token = await browserSessionToken();
  if (token === null) return nobody({ status: "signed-out", ended: false });
  const sent = await headers();
  try {
    const withIdentity = sent.get(pathnameHeader) === paths.profile;
    const found = await findSession(token, { withIdentity });
    telemetry()?.count("gatehouse.session_checks", { outcome: found === null ? "ended" : "live" });
    if (found === null) return nobody({ status: "signed-out", ended: true });
    const { viewer, lastSeenAt, identity } = found;
    const now = new Date();
    // After the response: the page does not wait for the write, and a failed write costs the person nothing.
    const counts = needsTouch(lastSeenAt, now);
    if (counts) afterResponse(() => touchSession(viewer.sessionId, now));
    const left = sessionLeft(found, counts ? now : lastSeenAt, now);
    return { state: { status: "signed-in", viewer, left }, identity };
  } catch (error) {
    if (!isDatabaseUnavailable(error)) throw error;
    const requestId = sent.get(requestIdHeader);
    log.error({ event: "database_unavailable", requestId, cause: error }, "the session could not be checked");
    return nobody({ status: "unavailable" });
  }
});
