"use server";

import { confirmWithPassword } from "@/lib/domain/identity/confirm-with-password";
import { confirmPasswordSchema } from "@/lib/domain/identity/schemas";
import { loginPath, paths, returnToParameter } from "@/lib/routes";
import type { FormState } from "@/lib/shared/form-state";
import { passwordRefusalMessage } from "@/lib/web/password-refusal-message";
import { runPersonForm } from "@/lib/web/run-form";
import { safeReturnPath } from "@/lib/web/safe-return-path";
import { browserSessionToken, renewSessionCookie } from "@/lib/web/start-session";

/** Confirms by the password that it is still the same person, and goes back to the return path. */
export async function confirmByPassword(previous: FormState, form: FormData): Promise<FormState> {
  const returnTo = safeReturnPath(form.get(returnToParameter)) ?? paths.profile;
  const definition = { schema: confirmPasswordSchema, keep: [returnToParameter] };
  return runPersonForm(paths.confirm, previous, form, definition, async (ctx, { password }) => {
    const confirmed = await confirmWithPassword(ctx, {
      password,
      token: (await browserSessionToken()) ?? "",
    });
    if (confirmed.ok) {
      await renewSessionCookie(confirmed.value.token);
      return { redirectTo: returnTo };
    }
    const { error } = confirmed;
    if (error.code === "session_ended") return { redirectTo: loginPath(returnTo, "session-ended") };
    if (error.code === "invalid_credentials")
      return { fieldErrors: { password: "That is not your password" } };
    return { formError: passwordRefusalMessage(error, ctx.requestId) };
  });
}
