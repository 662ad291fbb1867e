"use client";

import { returnToParameter } from "@/lib/routes";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { FormError } from "./form-error";
import { NewPasswordField } from "./new-password-field";
import { useCredentialForm, type FormAction } from "./use-credential-form";

/** A new local account; the person is signed in with it at once. */
export function SignUpForm({
  action,
  returnTo,
  sendsMail,
}: {
  action: FormAction;
  returnTo: string | null;
  sendsMail: boolean;
}) {
  const { state, pending, form } = useCredentialForm(action);
  const { values, fieldErrors } = state;
  return (
    <form {...form} aria-label="Sign up with a password" className="space-y-5">
      <FormError message={state.formError} />
      {returnTo === null ? null : <input type="hidden" name={returnToParameter} value={returnTo} />}
      <Field
        name="username"
        label="User name"
        autoComplete="username"
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        required
        defaultValue={values.username}
        error={fieldErrors.username}
      />
      <Field
        name="email"
        label="E-mail"
        type="email"
        {...(sendsMail && { hint: "We send a link there, to confirm that it is yours." })}
        autoComplete="email"
        required
        defaultValue={values.email}
        error={fieldErrors.email}
      />
      <Field
        name="name"
        label="Name"
        hint="What we call you. You can leave it empty."
        autoComplete="name"
        defaultValue={values.name}
        error={fieldErrors.name}
      />
      <NewPasswordField name="password" label="Password" required error={fieldErrors.password} />
      <Button variant="primary" wide aria-disabled={pending}>
        {pending ? "Signing up…" : "Sign up"}
      </Button>
    </form>
  );
}
