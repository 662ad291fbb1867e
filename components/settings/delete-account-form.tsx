"use client";

import { deletionPhrase } from "@/lib/shared/deletion-phrase";
import type { FormState } from "@/lib/shared/form-state";
import { FormError } from "../credentials/form-error";
import { useCredentialForm, type FormAction } from "../credentials/use-credential-form";
import { Button } from "../ui/button";
import { Field } from "../ui/field";

/** Asks for a sentence to be typed before it closes the account. */
export function DeleteAccountForm({ action, initial }: { action: FormAction; initial: FormState }) {
  const { state, pending, form } = useCredentialForm(action, initial);
  return (
    <form {...form} aria-label="Delete the account" className="space-y-4">
      <FormError message={state.formError} />
      <Field
        name="confirmation"
        label={`Type “${deletionPhrase}”`}
        autoComplete="off"
        autoCapitalize="none"
        required
        defaultValue={state.values["confirmation"]}
        error={state.fieldErrors["confirmation"]}
      />
      <Button variant="danger" aria-disabled={pending}>
        {pending ? "Closing the account…" : "Delete my account"}
      </Button>
    </form>
  );
}
