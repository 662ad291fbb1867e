"use client";

import { linkTokenParameter } from "@/lib/routes";
import { Button } from "../ui/button";
import { FormError } from "./form-error";
import { NewPasswordField } from "./new-password-field";
import { useCredentialForm, type FormAction } from "./use-credential-form";

interface ResetPasswordFormProps {
  action: FormAction;
  token: string;
  /** For the password manager, so that it changes the right entry. */
  username: string;
}

/** Asks for the new password. */
export function ResetPasswordForm({ action, token, username }: ResetPasswordFormProps) {
  const { state, pending, form } = useCredentialForm(action);
  return (
    <form {...form} aria-label="Choose a new password" className="space-y-5">
      <FormError message={state.formError} />
      <input type="hidden" name={linkTokenParameter} value={token} />
      <input type="text" name="username" autoComplete="username" value={username} readOnly hidden />
      <NewPasswordField name="password" label="New password" required error={state.fieldErrors.password} />
      <Button variant="primary" wide aria-disabled={pending}>
        {pending ? "Changing…" : "Change the password"}
      </Button>
    </form>
  );
}
