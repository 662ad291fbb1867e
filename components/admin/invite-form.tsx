"use client";

import type { FormState } from "@/lib/shared/form-state";
import { FormError } from "../credentials/form-error";
import { useCredentialForm, type FormAction } from "../credentials/use-credential-form";
import { Button } from "../ui/button";
import { Field } from "../ui/field";

/** Asks whom to invite. */
export function InviteForm({ action, initial }: { action: FormAction; initial: FormState }) {
  const { state, pending, form } = useCredentialForm(action, initial);
  const { values, fieldErrors } = state;
  return (
    <form {...form} aria-label="Invite somebody" className="space-y-5">
      <FormError message={state.formError} />
      <Field
        name="email"
        label="E-mail"
        type="email"
        autoComplete="off"
        required
        defaultValue={values["email"]}
        error={fieldErrors["email"]}
      />
      <Field
        name="username"
        label="User name"
        hint="They log in with it, or with the e-mail address."
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        defaultValue={values["username"]}
        error={fieldErrors["username"]}
      />
      <Field
        name="name"
        label="Name"
        autoComplete="off"
        defaultValue={values["name"]}
        error={fieldErrors["name"]}
      />
      <Button variant="primary" aria-disabled={pending}>
        {pending ? "Inviting…" : "Send the invitation"}
      </Button>
    </form>
  );
}
