"use server";

import { requestPasswordReset } from "@/lib/domain/identity/request-password-reset";
import { forgotPasswordSchema } from "@/lib/domain/identity/schemas";
import { resetAskedPath } from "@/lib/routes";
import type { FormState } from "@/lib/shared/form-state";
import { mailRefusals } from "@/lib/shared/mail-refusals";
import { deliverMailAfterResponse } from "@/lib/web/mail-delivery";
import { runForm } from "@/lib/web/run-form";

/** Sends the link for a new password, if somebody has the address; the answer is the same if nobody has. */
export async function askForReset(previous: FormState, form: FormData): Promise<FormState> {
  return runForm(previous, form, { schema: forgotPasswordSchema, keep: ["email"] }, async (ctx, input) => {
    const answer = await requestPasswordReset(ctx, input);
    deliverMailAfterResponse();
    return answer === "queued" ? { redirectTo: resetAskedPath } : { formError: mailRefusals[answer] };
  });
}
