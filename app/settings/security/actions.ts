"use server";

import { changePassword, setPassword } from "@/lib/domain/identity/change-password";
import { changePasswordSchema, setPasswordSchema } from "@/lib/domain/identity/schemas";
import { loginPath, paths, securityPath } from "@/lib/routes";
import type { FormState } from "@/lib/shared/form-state";
import { passwordRefusals } from "@/lib/shared/password-refusals";
import { deliverMailAfterResponse } from "@/lib/web/mail-delivery";
import { passwordRefusalMessage } from "@/lib/web/password-refusal-message";
import { revokeAfterResponse } from "@/lib/web/revoke-grants";
import { runPersonForm } from "@/lib/web/run-form";

/** Changes the viewer's password: the current one, the new one, and whether other sessions end. */
export async function changeOwnPassword(previous: FormState, form: FormData): Promise<FormState> {
  const definition = { schema: changePasswordSchema, keep: [] };
  return runPersonForm(paths.security, previous, form, definition, async (ctx, input) => {
    const changed = await changePassword(ctx, input);
    if (changed.ok) {
      revokeAfterResponse(changed.value);
      deliverMailAfterResponse();
      return { redirectTo: securityPath("password-changed") };
    }
    const { error } = changed;
    switch (error.code) {
      case "session_ended":
        return { redirectTo: loginPath(paths.security, "session-ended") };
      case "invalid_credentials":
        return { fieldErrors: { current: "That is not your password" } };
      case "rate_limited":
      case "overloaded":
        return { formError: passwordRefusalMessage(error, ctx.requestId) };
      case "breached":
      case "common":
      case "context":
      case "repeated":
      case "sequence":
        return { fieldErrors: { password: passwordRefusals[error.code] } };
    }
  });
}

/** Gives the viewer a password, after a recent proof. */
export async function setOwnPassword(previous: FormState, form: FormData): Promise<FormState> {
  const definition = { schema: setPasswordSchema, keep: ["username"] };
  return runPersonForm(paths.security, previous, form, definition, async (ctx, input) => {
    const set = await setPassword(ctx, input);
    if (set.ok) {
      revokeAfterResponse(set.value);
      deliverMailAfterResponse();
      return { redirectTo: securityPath("password-set") };
    }
    switch (set.error.code) {
      case "authentication_not_recent":
        return "authentication_not_recent";
      case "session_ended":
        return { redirectTo: loginPath(paths.security, "session-ended") };
      case "username_taken":
        return { fieldErrors: { username: "This user name is taken. Choose another" } };
      case "has_password":
        return { redirectTo: paths.security };
      case "overloaded":
        return { formError: passwordRefusalMessage({ code: "overloaded" }, ctx.requestId) };
      case "breached":
      case "common":
      case "context":
      case "repeated":
      case "sequence":
        return { fieldErrors: { password: passwordRefusals[set.error.code] } };
    }
  });
}
