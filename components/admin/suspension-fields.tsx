import type { FormState } from "@/lib/shared/form-state";
import { Field } from "../ui/field";

type SuspensionFieldsProps = Pick<FormState, "values" | "fieldErrors"> & {
  /** Who reads the reason. */
  hint: string;
};

/** Why somebody is kept out, and until when. */
export function SuspensionFields({ values, fieldErrors, hint }: SuspensionFieldsProps) {
  return (
    <>
      <Field
        name="reason"
        label="Reason"
        hint={hint}
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
  );
}
