"use client";

import { returnToParameter } from "@/lib/routes";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { FormError } from "./form-error";
import { PasswordField } from "./password-field";
import { useCredentialForm, type FormAction } from "./use-credential-form";

/** Login with a local account: user name or e-mail address, and password. */
export function SignInForm({ action, returnTo }: { action: FormAction; returnTo: string | null }) {
  const { state, pending, form } = useCredentialForm(action);
  const { values, fieldErrors } = state;
  return (
    <form {...form} aria-label="Log in with a password" className="space-y-5">
      <FormError message={state.formError} />
      {returnTo === null ? null : <input type="hidden" name={returnToParameter} value={returnTo} />}
      <Field
        name="identifier"
        label="User name or e-mail"
        autoComplete="username"
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        required
        defaultValue={values.identifier}
        error={fieldErrors.identifier}
      />
      <PasswordField
        name="password"
        label="Password"
        autoComplete="current-password"
        required
        error={fieldErrors.password}
      />
      <Button variant="primary" wide aria-disabled={pending}>
        {pending ? "Logging in…" : "Log in"}
      </Button>
    </form>
  );
}
