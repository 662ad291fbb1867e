"use server";

import { passwordSignIn } from "@/lib/auth";
import { signUpSchema } from "@/lib/domain/identity/schemas";
import { signUp as createAccount, type SignUpFailure } from "@/lib/domain/identity/sign-up";
import { loginPath, paths, returnToParameter } from "@/lib/routes";
import type { FormState } from "@/lib/shared/form-state";
import { passwordRefusals } from "@/lib/shared/password-refusals";
import { deliverMailAfterResponse } from "@/lib/web/mail-delivery";
import { passwordRefusalMessage } from "@/lib/web/password-refusal-message";
import { runForm } from "@/lib/web/run-form";
import { safeReturnPath } from "@/lib/web/safe-return-path";
import { browserSessionToken, setSessionCookie } from "@/lib/web/start-session";
import { waitMessage } from "@/lib/web/wait-message";

/** Makes a local account, signs in with it, and goes on to the return path. */
export async function signUp(previous: FormState, form: FormData): Promise<FormState> {
  const definition = { schema: signUpSchema, keep: ["username", "email", "name", returnToParameter] };
  return runForm(previous, form, definition, async (ctx, input) => {
    const created = await createAccount(ctx, input);
    if (!created.ok) return refusal(created.error, ctx.requestId);
    deliverMailAfterResponse();
    const returnTo = safeReturnPath(form.get(returnToParameter));
    const credentials = { identifier: input.username, password: input.password };
    const signedIn = await passwordSignIn(ctx, credentials, await browserSessionToken());
    if (!signedIn.ok) return { redirectTo: loginPath(returnTo ?? undefined) };
    await setSessionCookie(signedIn.value);
    return { redirectTo: returnTo ?? paths.profile };
  });
}

function refusal(failure: SignUpFailure, reference: string) {
  switch (failure.code) {
    case "username_taken":
      return { fieldErrors: { username: "This user name is taken. Choose another" } };
    case "overloaded":
      return { formError: passwordRefusalMessage({ code: failure.code }, reference) };
    case "rate_limited": {
      const what = "Too many accounts were made from your network.";
      return { formError: waitMessage(what, failure.retryAfterSeconds, reference) };
    }
    case "breached":
    case "common":
    case "context":
    case "repeated":
    case "sequence":
      return { fieldErrors: { password: passwordRefusals[failure.code] } };
  }
}
