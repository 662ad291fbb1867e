"use client";

import type { FormState } from "@/lib/shared/form-state";
import { FormError } from "../credentials/form-error";
import { useCredentialForm, type FormAction } from "../credentials/use-credential-form";
import { Button } from "../ui/button";
import { HiddenFields } from "../ui/hidden-fields";
import { SuspensionFields } from "./suspension-fields";

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
  return (
    <form {...form} aria-label="Order it" className="max-w-md space-y-4">
      <FormError message={state.formError} />
      <HiddenFields values={hidden} />
      {asksWhy ? (
        <SuspensionFields
          {...state}
          hint="For administrators. The people are told that they are suspended, not why."
        />
      ) : null}
      <Button variant="danger" aria-disabled={pending}>
        {button}
      </Button>
    </form>
  );
}
