"use client";

import { returnToParameter } from "@/lib/routes";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { FormError } from "./form-error";
import { useCredentialForm, type FormAction } from "./use-credential-form";

interface EmailFormProps {
  action: FormAction;
  /** What the form is for, read aloud. */
  name: string;
  hint: string;
  submit: { rest: string; busy: string };
  returnTo?: string | null;
}

/** Asks for an e-mail address to send something to. */
export function EmailForm({ action, name, hint, submit, returnTo = null }: EmailFormProps) {
  const { state, pending, form } = useCredentialForm(action);
  return (
    <form {...form} aria-label={name} className="space-y-5">
      <FormError message={state.formError} />
      {returnTo === null ? null : <input type="hidden" name={returnToParameter} value={returnTo} />}
      <Field
        name="email"
        label="E-mail"
        type="email"
        hint={hint}
        autoComplete="email"
        required
        defaultValue={state.values.email}
        error={state.fieldErrors.email}
      />
      <Button variant="primary" wide aria-disabled={pending}>
        {pending ? submit.busy : submit.rest}
      </Button>
    </form>
  );
}
