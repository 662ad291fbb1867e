"use server";

import { discardPendingIdentity } from "@/lib/domain/linking/discard-pending-identity";
import { linkIdentity } from "@/lib/domain/linking/link-identity";
import { confirmPath, identitiesPath, paths } from "@/lib/routes";
import { personContext } from "@/lib/web/context";
import { deliverMailAfterResponse } from "@/lib/web/mail-delivery";
import { requireViewer } from "@/lib/web/page";
import { forgetPendingIdentity, pendingIdentityToken } from "@/lib/web/pending-identity-cookie";
import { redirect } from "@/lib/web/redirect";
import { redirectToOutcome } from "@/lib/web/redirect-to-outcome";
import { revokeAfterResponse } from "@/lib/web/revoke-grants";

/** Joins the identity that waits in this browser to the viewer, who has proved lately who they are. */
export async function connectIdentity(): Promise<void> {
  const ctx = await personContext(await requireViewer(paths.connectIdentity));
  const token = await pendingIdentityToken();
  if (token === null) redirect(paths.connectIdentity);
  const linked = await linkIdentity(ctx, { token });
  if (linked.ok) {
    revokeAfterResponse(linked.value);
    deliverMailAfterResponse();
    await forgetPendingIdentity();
    redirect(identitiesPath("connected"));
  }
  const { error } = linked;
  if (error === "authentication_not_recent") redirect(confirmPath(paths.connectIdentity));
  await forgetPendingIdentity();
  redirectToOutcome(error, ctx.requestId);
}

/** Forgets the identity that waits in this browser. */
export async function leaveIdentity(): Promise<void> {
  const ctx = await personContext(await requireViewer(paths.connectIdentity));
  const token = await pendingIdentityToken();
  if (token !== null) revokeAfterResponse(await discardPendingIdentity(ctx, { token }));
  await forgetPendingIdentity();
  redirect(identitiesPath("not-connected"));
}
