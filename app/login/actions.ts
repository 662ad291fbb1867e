"use server";

import { passwordSignIn } from "@/lib/auth";
import { signInSchema } from "@/lib/domain/identity/schemas";
import { paths, returnToParameter } from "@/lib/routes";
import type { FormState } from "@/lib/shared/form-state";
import { passwordRefusalMessage } from "@/lib/web/password-refusal-message";
import { runForm } from "@/lib/web/run-form";
import { safeReturnPath } from "@/lib/web/safe-return-path";
import { browserSessionToken, setSessionCookie } from "@/lib/web/start-session";

/** Signs in with a user name or e-mail address and a password, and goes on to the return path. */
export async function signInWithPassword(previous: FormState, form: FormData): Promise<FormState> {
  const definition = { schema: signInSchema, keep: ["identifier", returnToParameter] };
  return runForm(previous, form, definition, async (ctx, input) => {
    const signedIn = await passwordSignIn(ctx, input, await browserSessionToken());
    if (signedIn.ok) {
      await setSessionCookie(signedIn.value);
      return { redirectTo: safeReturnPath(form.get(returnToParameter)) ?? paths.profile };
    }
    return { formError: passwordRefusalMessage(signedIn.error, ctx.requestId) };
  });
}
