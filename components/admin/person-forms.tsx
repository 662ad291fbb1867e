"use client";

import type { FormState } from "@/lib/shared/form-state";
import { FormError } from "../credentials/form-error";
import { useCredentialForm, type FormAction } from "../credentials/use-credential-form";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { SuspensionFields } from "./suspension-fields";

interface PersonFormProps {
  action: FormAction;
  initial: FormState;
  userId: string;
}

/** Changes what a person is called and reached by. */
export function EditPersonForm({
  action,
  initial,
  userId,
  person,
}: PersonFormProps & { person: Readonly<Record<"name" | "username" | "email", string | null>> }) {
  const { state, pending, form } = useCredentialForm(action, initial);
  const { values, fieldErrors } = state;
  return (
    <form {...form} aria-label="Change the details" className="space-y-4">
      <FormError message={state.formError} />
      <input type="hidden" name="userId" value={userId} />
      <Field
        name="name"
        label="Name"
        autoComplete="off"
        defaultValue={values["name"] ?? person.name ?? ""}
        error={fieldErrors["name"]}
      />
      <Field
        name="username"
        label="User name"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        defaultValue={values["username"] ?? person.username ?? ""}
        error={fieldErrors["username"]}
      />
      <Field
        name="email"
        label="E-mail"
        type="email"
        hint="Another address has to be confirmed by the person, who gets a link there."
        autoComplete="off"
        defaultValue={values["email"] ?? person.email ?? ""}
        error={fieldErrors["email"]}
      />
      <Button aria-disabled={pending}>{pending ? "Saving…" : "Save"}</Button>
    </form>
  );
}

/** Asks why somebody is kept out, and until when. */
export function SuspendPersonForm({ action, initial, userId }: PersonFormProps) {
  const { state, pending, form } = useCredentialForm(action, initial);
  return (
    <form {...form} aria-label="Suspend" className="space-y-4">
      <FormError message={state.formError} />
      <input type="hidden" name="userId" value={userId} />
      <SuspensionFields
        {...state}
        hint="For administrators. The person is told that they are suspended, not why."
      />
      <Button variant="danger" aria-disabled={pending}>
        {pending ? "Suspending…" : "Suspend"}
      </Button>
    </form>
  );
}
