"use server";

import { confirmEmailChange } from "@/lib/domain/email-change/confirm-email-change";
import { linkTokenParameter, mailedPath, paths } from "@/lib/routes";
import { emailSettingsPath } from "@/lib/routes-email";
import { linkTokenFrom } from "@/lib/shared/link-token";
import { personContext } from "@/lib/web/context";
import { deliverMailAfterResponse } from "@/lib/web/mail-delivery";
import { requireViewer } from "@/lib/web/page";
import { redirect } from "@/lib/web/redirect";
import { revokeAfterResponse } from "@/lib/web/revoke-grants";

/** Gives the viewer the address that the link was sent to: field `token`. */
export async function confirmNewAddress(form: FormData): Promise<void> {
  const viewer = await requireViewer(paths.confirmNewEmail);
  const token = linkTokenFrom(form.get(linkTokenParameter));
  if (token === null) redirect(paths.emailSettings);
  const changed = await confirmEmailChange(await personContext(viewer), { token });
  if (changed.ok) {
    revokeAfterResponse(changed.value);
    deliverMailAfterResponse();
    redirect(emailSettingsPath("changed"));
  }
  if (changed.error === "capped") redirect(emailSettingsPath("wait"));
  // The page of the link says what is wrong with it.
  redirect(mailedPath(paths.confirmNewEmail, token));
}
