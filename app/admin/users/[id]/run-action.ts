import { z } from "zod";
import { PermissionDenied } from "@/lib/domain/access/require-permission";
import type { PersonContext } from "@/lib/domain/context";
import { confirmPath, paths } from "@/lib/routes";
import { adminUserPath } from "@/lib/routes-admin";
import type { AdminUserNotice } from "@/lib/shared/admin-user-notices";
import type { Result } from "@/lib/shared/result";
import { personContext } from "@/lib/web/context";
import { denied } from "@/lib/web/denied";
import { deliverMailAfterResponse } from "@/lib/web/mail-delivery";

import { requireViewer } from "@/lib/web/page";
import { redirect } from "@/lib/web/redirect";
import { redirectToOutcome } from "@/lib/web/redirect-to-outcome";

/**
 * Runs a button about the person in the field `userId` and goes back to their page, with word of what came of it. Who has
 * to confirm first who they are comes back there too.
 */
export async function runAction(
  form: FormData,
  notice: AdminUserNotice,
  act: (ctx: PersonContext, userId: string) => Promise<Result<unknown, string>>,
): Promise<never> {
  const viewer = await requireViewer(paths.adminUsers);
  const userId = z.uuid().safeParse(form.get("userId"));
  if (!userId.success) redirect(paths.adminUsers);
  const ctx = await personContext(viewer);
  const done = await attempt(() => act(ctx, userId.data));
  if (done === null) redirectToOutcome("permission_denied", ctx.requestId);
  deliverMailAfterResponse();
  if (done.ok) redirect(adminUserPath(userId.data, { notice }));
  if (done.error === "authentication_not_recent") redirect(confirmPath(adminUserPath(userId.data)));
  redirect(adminUserPath(userId.data, { problem: done.error }));
}

/** Null when it was denied, which is recorded. */
async function attempt<Value>(work: () => Promise<Value>): Promise<Value | null> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof PermissionDenied)) throw error;
    await denied(error);
    return null;
  }
}
