"use server";

import { undoEmailChange } from "@/lib/domain/email-change/undo-email-change";
import { linkTokenParameter, loginPath, mailedPath, paths } from "@/lib/routes";
import { linkTokenFrom } from "@/lib/shared/link-token";
import { requestContext } from "@/lib/web/context";
import { deliverMailAfterResponse } from "@/lib/web/mail-delivery";
import { redirect } from "@/lib/web/redirect";
import { revokeAfterResponse } from "@/lib/web/revoke-grants";

/** Gives an account back to the address that the link was sent to: field `token`. */
export async function undoChangeOfAddress(form: FormData): Promise<void> {
  const token = linkTokenFrom(form.get(linkTokenParameter));
  if (token === null) redirect(paths.undoEmailChange);
  const undone = await undoEmailChange(await requestContext(), { token });
  // The page of the link says what is wrong with it.
  if (!undone.ok) redirect(mailedPath(paths.undoEmailChange, token));
  revokeAfterResponse(undone.value);
  deliverMailAfterResponse();
  redirect(loginPath(undefined, "email-restored"));
}
