"use client";

import { returnToParameter } from "@/lib/routes";
import { Button } from "../ui/button";
import { FormError } from "./form-error";
import { PasswordField } from "./password-field";
import { useCredentialForm, type FormAction } from "./use-credential-form";

interface ConfirmFormProps {
  action: FormAction;
  returnTo: string;
  /** For password managers, which find the password by it. */
  username: string;
}

/** Asks for the password of the person who is signed in. */
export function ConfirmForm({ action, returnTo, username }: ConfirmFormProps) {
  const { state, pending, form } = useCredentialForm(action);
  return (
    <form {...form} aria-label="Confirm with your password" className="space-y-5">
      <FormError message={state.formError} />
      <input type="hidden" name={returnToParameter} value={returnTo} />
      <input type="text" name="username" autoComplete="username" value={username} readOnly hidden />
      <PasswordField
        name="password"
        label="Password"
        autoComplete="current-password"
        required
        error={state.fieldErrors.password}
      />
      <Button variant="primary" wide aria-disabled={pending}>
        {pending ? "Checking…" : "Confirm"}
      </Button>
    </form>
  );
}
