"use client";

import type { FormState } from "@/lib/shared/form-state";
import { FormError } from "../credentials/form-error";
import { NewPasswordField } from "../credentials/new-password-field";
import { PasswordField } from "../credentials/password-field";
import { useCredentialForm, type FormAction } from "../credentials/use-credential-form";
import { Button } from "../ui/button";
import { Field } from "../ui/field";

/** Changes a password: the current one first. */
export function ChangePasswordForm({ action, username }: { action: FormAction; username: string }) {
  const { state, pending, form } = useCredentialForm(action);
  return (
    <form {...form} aria-label="Change the password" className="space-y-5">
      <FormError message={state.formError} />
      <input type="text" name="account" autoComplete="username" value={username} readOnly hidden />
      <PasswordField
        name="current"
        label="Current password"
        autoComplete="current-password"
        required
        error={state.fieldErrors.current}
      />
      <NewPasswordField name="password" label="New password" required error={state.fieldErrors.password} />
      <EndOthers />
      <Button aria-disabled={pending}>{pending ? "Changing…" : "Change the password"}</Button>
    </form>
  );
}

interface SetPasswordFormProps {
  action: FormAction;
  initial: FormState;
  /** What the person logs in with beside the password; null when a user name is still to be chosen. */
  username: string | null;
}

/** Sets a first password. */
export function SetPasswordForm({ action, initial, username }: SetPasswordFormProps) {
  const { state, pending, form } = useCredentialForm(action, initial);
  return (
    <form {...form} aria-label="Set a password" className="space-y-5">
      <FormError message={state.formError} />
      {username === null ? (
        <Field
          name="username"
          label="User name"
          hint="You log in with it and the password."
          autoComplete="username"
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          required
          defaultValue={state.values.username}
          error={state.fieldErrors.username}
        />
      ) : (
        <input type="text" name="account" autoComplete="username" value={username} readOnly hidden />
      )}
      <NewPasswordField name="password" label="New password" required error={state.fieldErrors.password} />
      <EndOthers />
      <Button aria-disabled={pending}>{pending ? "Saving…" : "Set the password"}</Button>
    </form>
  );
}

function EndOthers() {
  return (
    <label className="flex min-h-11 items-center gap-3 text-sm">
      <input type="checkbox" name="endOthers" defaultChecked className="size-6 accent-accent" />
      End all my other sessions
    </label>
  );
}
