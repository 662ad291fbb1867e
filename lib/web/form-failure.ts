import { outcomes, type OutcomeCode } from "@/lib/shared/outcomes";

/** Where the sentence of the outcome page speaks of that page itself, a form says this instead. */
const inForms: Partial<Record<OutcomeCode, string>> = {
  temporarily_unavailable: "We cannot reach our records right now. Nothing is lost: try again in a moment.",
  account_suspended:
    "This account is suspended. You cannot sign in with it now. The people who run this site can tell you why.",
  unexpected: "Something went wrong on our side. Try again in a moment.",
};

/** An outcome as the message of a form, with the reference of its log line. */
export function formFailure(code: OutcomeCode, reference: string): string {
  return `${inForms[code] ?? outcomes[code].sentence} (Reference ${reference})`;
}
