"use client";

import { unstable_rethrow } from "next/navigation";
import { useActionState, useEffect, useRef, useState, useTransition, type SubmitEvent } from "react";
import { emptyFormState, type FormState } from "@/lib/shared/form-state";

/** A server action in the shape that `useActionState` wants. */
export type FormAction = (previous: FormState, form: FormData) => Promise<FormState>;

const unreachable = "The server cannot be reached. Check your connection, then try again. Nothing was lost.";
const failed = "Something went wrong on our side. Nothing that you did caused it. Try again in a moment.";

/**
 * Drives a credential form. Scripts off, the browser posts the form to the server action and the page comes back with
 * its answer. Scripts on, the action is called from here, so that a call that fails is said in place and what the
 * person typed stays. After every answer with an error the focus moves to it.
 */
export function useCredentialForm(action: FormAction, initial: FormState = emptyFormState) {
  const [posted, formAction] = useActionState(action, initial);
  const [answered, setAnswered] = useState<FormState | null>(null);
  const [pending, startTransition] = useTransition();
  const ref = useRef<HTMLFormElement>(null);
  const state = answered ?? posted;

  useEffect(() => {
    if (state.attempt === 0) return;
    const target = state.formError === null ? '[aria-invalid="true"]' : "[data-form-error]";
    ref.current?.querySelector<HTMLElement>(target)?.focus();
  }, [state]);

  function onSubmit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    if (pending) return;
    const form = new FormData(event.currentTarget);
    startTransition(async () => {
      const answer = await action(state, form).catch((error: unknown) => {
        unstable_rethrow(error);
        const formError = error instanceof TypeError ? unreachable : failed;
        return { ...state, attempt: state.attempt + 1, fieldErrors: {}, formError };
      });
      startTransition(() => {
        setAnswered(answer);
      });
    });
  }

  return { state, pending, form: { ref, action: formAction, onSubmit, noValidate: true } };
}
