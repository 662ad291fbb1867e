"use client";

import type { FormState } from "@/lib/shared/form-state";
import { FormError } from "../credentials/form-error";
import { useCredentialForm, type FormAction } from "../credentials/use-credential-form";
import { Button } from "../ui/button";
import { Field } from "../ui/field";

interface BulkFormProps {
  action: FormAction;
  initial: FormState;
  /** Whom it is about, as it stood in the address, and how many they are. */
  hidden: Readonly<Record<string, string>>;
  asksWhy: boolean;
  button: string;
}

/** Orders what the page above has shown. */
export function BulkForm({ action, initial, hidden, asksWhy, button }: BulkFormProps) {
  const { state, pending, form } = useCredentialForm(action, initial);
  const { values, fieldErrors } = state;
  return (
    <form {...form} aria-label="Order it" className="max-w-md space-y-4">
      <FormError message={state.formError} />
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {asksWhy ? (
        <>
          <Field
            name="reason"
            label="Reason"
            hint="For administrators. The people are told that they are suspended, not why."
            autoComplete="off"
            required
            defaultValue={values["reason"]}
            error={fieldErrors["reason"]}
          />
          <Field
            name="until"
            label="Until"
            type="date"
            hint="The first day on which they may log in again, in UTC."
            defaultValue={values["until"]}
            error={fieldErrors["until"]}
          />
        </>
      ) : null}
      <Button variant="danger" aria-disabled={pending}>
        {button}
      </Button>
    </form>
  );
}
