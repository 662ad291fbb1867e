"use server";

import { z } from "zod";
import { endOtherSessions as endOthers, endOwnSession } from "@/lib/domain/sessions/end-own-sessions";
import { confirmPath, paths, sessionsPath } from "@/lib/routes";
import { personContext } from "@/lib/web/context";
import { requireViewer } from "@/lib/web/page";
import { redirect } from "@/lib/web/redirect";
import { revokeAfterResponse } from "@/lib/web/revoke-grants";

/** Ends one of the viewer's sessions: field `sessionId`. Ending the one in use leads to the login page. */
export async function endSession(form: FormData): Promise<void> {
  const viewer = await requireViewer(paths.sessions);
  const sessionId = z.uuid().safeParse(form.get("sessionId"));
  if (sessionId.success) {
    const ended = await endOwnSession(await personContext(viewer), { sessionId: sessionId.data });
    if (!ended.ok) redirect(confirmPath(paths.sessions));
    revokeAfterResponse(ended.value);
  }
  redirect(sessionsPath("ended"));
}

/** Ends all of the viewer's sessions but the one in use. */
export async function endOtherSessions(): Promise<void> {
  const viewer = await requireViewer(paths.sessions);
  const ended = await endOthers(await personContext(viewer));
  if (!ended.ok) redirect(confirmPath(paths.sessions));
  revokeAfterResponse(ended.value);
  redirect(sessionsPath("others-ended"));
}
