"use server";
import type { FormState } from "@/lib/shared/form-state";

export async function signInWithPassword(previous: FormState, _form: FormData): Promise<FormState> {
  return Promise.resolve(previous);
}
