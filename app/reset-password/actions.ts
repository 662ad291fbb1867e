"use server";

import { resetPassword } from "@/lib/domain/identity/reset-password";
import { resetPasswordSchema } from "@/lib/domain/identity/schemas";
import { loginPath, mailedPath, paths } from "@/lib/routes";
import type { FormState } from "@/lib/shared/form-state";
import { passwordRefusals } from "@/lib/shared/password-refusals";
import { deliverMailAfterResponse } from "@/lib/web/mail-delivery";
import { passwordRefusalMessage } from "@/lib/web/password-refusal-message";
import { revokeAfterResponse } from "@/lib/web/revoke-grants";
import { runForm } from "@/lib/web/run-form";

/** Changes the password of the account that the link in field `token` was sent to, and ends its sessions. */
export async function changeForgottenPassword(previous: FormState, form: FormData): Promise<FormState> {
  return runForm(previous, form, { schema: resetPasswordSchema, keep: [] }, async (ctx, input) => {
    const reset = await resetPassword(ctx, input);
    if (reset.ok) {
      revokeAfterResponse(reset.value.released);
      deliverMailAfterResponse();
      return { redirectTo: loginPath(undefined, "password-reset") };
    }
    switch (reset.error) {
      case "link_spent":
        // The page of the link says so, with its status.
        return { redirectTo: mailedPath(paths.resetPassword, encodeURIComponent(input.token)) };
      case "overloaded":
        return { formError: passwordRefusalMessage({ code: reset.error }, ctx.requestId) };
      case "breached":
      case "common":
      case "context":
      case "repeated":
      case "sequence":
        return { fieldErrors: { password: passwordRefusals[reset.error] } };
    }
  });
}
