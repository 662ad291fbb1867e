"use server";

import { requestEmailSignIn } from "@/lib/domain/identity/request-email-sign-in";
import { emailSignInSchema } from "@/lib/domain/identity/schemas";
import { emailLoginPath, returnToParameter } from "@/lib/routes";
import type { FormState } from "@/lib/shared/form-state";
import { mailRefusals } from "@/lib/shared/mail-refusals";
import { newBrowserToken, setCodeCookie } from "@/lib/web/code-cookie";
import { deliverMailAfterResponse } from "@/lib/web/mail-delivery";
import { runForm } from "@/lib/web/run-form";
import { safeReturnPath } from "@/lib/web/safe-return-path";

/** Sends a code and a link, if somebody proved the address; the answer is the same if nobody did. */
export async function askForCode(previous: FormState, form: FormData): Promise<FormState> {
  const definition = { schema: emailSignInSchema, keep: ["email", returnToParameter] };
  return runForm(previous, form, definition, async (ctx, { email }) => {
    const browserToken = newBrowserToken();
    const asked = await requestEmailSignIn(ctx, { email, browserToken });
    deliverMailAfterResponse();
    if (!asked.ok) return { formError: mailRefusals[asked.error] };
    await setCodeCookie({ proofId: asked.value.proofId, browserToken });
    return {
      redirectTo: emailLoginPath("emailLoginCode", safeReturnPath(form.get(returnToParameter))),
    };
  });
}
