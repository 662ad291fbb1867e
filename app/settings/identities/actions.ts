"use server";

import { z } from "zod";
import { unlinkIdentity } from "@/lib/domain/linking/unlink-identity";
import { confirmPath, identitiesPath, loginPath, paths } from "@/lib/routes";
import { personContext } from "@/lib/web/context";
import { deliverMailAfterResponse } from "@/lib/web/mail-delivery";
import { requireViewer } from "@/lib/web/page";
import { redirect } from "@/lib/web/redirect";
import { redirectToOutcome } from "@/lib/web/redirect-to-outcome";
import { revokeAfterResponse } from "@/lib/web/revoke-grants";

/**
 * Takes one identity from the viewer: field `identityId`. The last way in stays. When the session in use was opened with
 * it, that session ends too.
 */
export async function disconnectIdentity(form: FormData): Promise<void> {
  const viewer = await requireViewer(paths.identities);
  const identityId = z.uuid().safeParse(form.get("identityId"));
  if (!identityId.success) redirect(paths.identities);
  const ctx = await personContext(viewer);
  const unlinked = await unlinkIdentity(ctx, { identityId: identityId.data });
  if (unlinked.ok) {
    revokeAfterResponse(unlinked.value.released);
    deliverMailAfterResponse();
    redirect(
      unlinked.value.endedCurrent ? loginPath(undefined, "disconnected") : identitiesPath("disconnected"),
    );
  }
  switch (unlinked.error) {
    case "authentication_not_recent":
      redirect(confirmPath(paths.identities));
    case "session_ended":
      redirect(loginPath(paths.identities, "session-ended"));
    case "last_way_in":
    case "last_administrator":
      redirectToOutcome(unlinked.error, ctx.requestId);
    case "not_found":
      redirect(paths.identities);
  }
}
