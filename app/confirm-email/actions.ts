"use server";

import { confirmEmail } from "@/lib/domain/identity/confirm-email";
import { sendConfirmationAgain } from "@/lib/domain/identity/send-confirmation";
import { linkTokenParameter, mailedPath, paths } from "@/lib/routes";
import { confirmEmailPath } from "@/lib/routes-email";
import { linkTokenFrom } from "@/lib/shared/link-token";
import { personContext } from "@/lib/web/context";
import { deliverMailAfterResponse } from "@/lib/web/mail-delivery";
import { requireViewer } from "@/lib/web/page";
import { redirect } from "@/lib/web/redirect";

/** Proves the viewer's address by the link that was sent to it: field `token`. */
export async function confirmAddress(form: FormData): Promise<void> {
  const viewer = await requireViewer(paths.confirmEmail);
  const token = linkTokenFrom(form.get(linkTokenParameter));
  if (token === null) redirect(paths.confirmEmail);
  const confirmed = await confirmEmail(await personContext(viewer), { token });
  // The page of the link says what is wrong with it.
  redirect(confirmed.ok ? confirmEmailPath("confirmed") : mailedPath(paths.confirmEmail, token));
}

/** Sends the viewer the link again. */
export async function resendConfirmation(): Promise<void> {
  const viewer = await requireViewer(paths.confirmEmail);
  const answer = await sendConfirmationAgain(await personContext(viewer));
  deliverMailAfterResponse();
  const notices = { queued: "sent", capped: "wait", off: null, proved: null } as const;
  const notice = notices[answer];
  redirect(notice === null ? paths.confirmEmail : confirmEmailPath(notice));
}
