"use client";

import { returnToParameter } from "@/lib/routes";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { FormError } from "./form-error";
import { useCredentialForm, type FormAction } from "./use-credential-form";

/** Asks for the code from a mail. */
export function CodeForm({ action, returnTo }: { action: FormAction; returnTo: string | null }) {
  const { state, pending, form } = useCredentialForm(action);
  return (
    <form {...form} aria-label="Type the code" className="space-y-5">
      <FormError message={state.formError} />
      {returnTo === null ? null : <input type="hidden" name={returnToParameter} value={returnTo} />}
      <Field
        name="code"
        label="Code"
        inputMode="numeric"
        autoComplete="one-time-code"
        autoCorrect="off"
        spellCheck={false}
        required
        error={state.fieldErrors.code}
      />
      <Button variant="primary" wide aria-disabled={pending}>
        {pending ? "Logging in…" : "Log in"}
      </Button>
    </form>
  );
}
