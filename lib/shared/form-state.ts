/**
 * What a form action answers: the values to keep in the form (never a password), an error per field, and an error for
 * the form as a whole. `attempt` rises with every answer so that the page can move the focus each time.
 */
export interface FormState {
  readonly attempt: number;
  readonly values: Readonly<Record<string, string>>;
  readonly fieldErrors: Readonly<Record<string, string>>;
  readonly formError: string | null;
}

export const emptyFormState: FormState = { attempt: 0, values: {}, fieldErrors: {}, formError: null };
