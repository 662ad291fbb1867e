"use server";

import { disconnectAccess } from "@/lib/domain/tokens/disconnect-access";
import { renewAccess } from "@/lib/domain/tokens/renew-access";
import { apiAccessPath, paths } from "@/lib/routes";
import { personContext } from "@/lib/web/context";
import { requireViewer } from "@/lib/web/page";
import { redirect } from "@/lib/web/redirect";

/** "Renew now": a new access token from the provider. */
export async function renew(): Promise<void> {
  const viewer = await requireViewer(paths.apiAccess);
  const renewed = await renewAccess(await personContext(viewer));
  redirect(apiAccessPath(renewed.ok ? "renewed" : renewed.error.code));
}

/** "Disconnect": ends the grant here and revokes it at the provider (RFC 7009). */
export async function disconnect(): Promise<void> {
  const viewer = await requireViewer(paths.apiAccess);
  const ended = await disconnectAccess(await personContext(viewer));
  const everywhere = ended.ok && ended.value.revokedAtProvider;
  redirect(apiAccessPath(everywhere ? "disconnected" : "disconnected-here"));
}
