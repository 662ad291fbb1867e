"use client";

import type { FormState } from "@/lib/shared/form-state";
import { FormError } from "../credentials/form-error";
import { useCredentialForm, type FormAction } from "../credentials/use-credential-form";
import { Button } from "../ui/button";
import { Field, type FieldProps } from "../ui/field";

interface OneFieldFormProps {
  action: FormAction;
  /** What the form is called when it is read aloud. */
  label: string;
  field: Omit<FieldProps, "ref" | "error" | "trailing">;
  button: string;
  /** What the button says while it works. */
  busy?: string;
  initial?: FormState;
}

/** A form that saves one value. */
export function OneFieldForm({ action, label, field, button, busy = "Saving…", initial }: OneFieldFormProps) {
  const { state, pending, form } = useCredentialForm(action, initial);
  return (
    <form {...form} aria-label={label} className="space-y-4">
      <FormError message={state.formError} />
      <Field
        {...field}
        defaultValue={state.values[field.name] ?? field.defaultValue}
        error={state.fieldErrors[field.name]}
      />
      <Button aria-disabled={pending}>{pending ? busy : button}</Button>
    </form>
  );
}
