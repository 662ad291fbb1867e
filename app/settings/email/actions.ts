"use server";

import { requestEmailChange } from "@/lib/domain/email-change/request-email-change";
import { changeEmailSchema } from "@/lib/domain/identity/schemas";
import { paths } from "@/lib/routes";
import { emailSettingsPath } from "@/lib/routes-email";
import type { FormState } from "@/lib/shared/form-state";
import { mailRefusals } from "@/lib/shared/mail-refusals";
import { deliverMailAfterResponse } from "@/lib/web/mail-delivery";
import { runPersonForm } from "@/lib/web/run-form";
import { waitMessage } from "@/lib/web/wait-message";

/** Sends a link to the address that the viewer wants, after a recent proof. */
export async function askForNewAddress(previous: FormState, form: FormData): Promise<FormState> {
  const definition = { schema: changeEmailSchema, keep: ["email"] };
  return runPersonForm(paths.emailSettings, previous, form, definition, async (ctx, input) => {
    const asked = await requestEmailChange(ctx, input);
    if (asked.ok) {
      deliverMailAfterResponse();
      return { redirectTo: emailSettingsPath("sent") };
    }
    const { error } = asked;
    switch (error.code) {
      case "authentication_not_recent":
        return "authentication_not_recent";
      case "own_address":
        return { fieldErrors: { email: "That is your address already" } };
      case "rate_limited": {
        const what = "You asked for too many addresses.";
        return { formError: waitMessage(what, error.retryAfterSeconds, ctx.requestId) };
      }
      case "capped":
      case "off":
        return { formError: mailRefusals[error.code] };
    }
  });
}
