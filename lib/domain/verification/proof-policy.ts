import "server-only";

interface ProofPolicy {
  /** A code is typed by a person, a link holds a token of 256 bits. */
  readonly form: "code" | "link";
  readonly lifetimeSeconds: number;
  /** Guesses at a code, the right one included. A link has one use, and cannot be guessed. */
  readonly maxAttempts: number;
}

const minute = 60;
const hour = 60 * minute;

const link = (lifetimeSeconds: number) => ({ form: "link", lifetimeSeconds, maxAttempts: 1 }) as const;

/** Everything that can be proved once, and for how long (ASVS 6.5.5, 6.6.3). */
export const proofPolicies = {
  verify_email: link(24 * hour),
  reset_password: link(hour),
  /** Goes to the address that is to be the account's. */
  change_email: link(24 * hour),
  /** Goes to the address that was the account's until now. */
  undo_email_change: link(72 * hour),
  /** To somebody for whom an administrator made an account. */
  invitation: link(72 * hour),
  /** Typed in the browser that asked for it. */
  sign_in_code: { form: "code", lifetimeSeconds: 10 * minute, maxAttempts: 5 },
  /** Comes in the same mail, for another browser. */
  sign_in_link: link(10 * minute),
} as const satisfies Record<string, ProofPolicy>;

type Policies = typeof proofPolicies;

export type ProofPurpose = keyof Policies;
export type PurposeOf<Form extends ProofPolicy["form"]> = {
  [Purpose in ProofPurpose]: Policies[Purpose]["form"] extends Form ? Purpose : never;
}[ProofPurpose];

/**
 * What ends when an account is made safe. The link that takes a change of address back is not among it: whoever has taken
 * an account over could end it by a new password.
 */
export const endedTogether: readonly ProofPurpose[] = [
  ...(["verify_email", "reset_password", "change_email", "sign_in_code", "sign_in_link"] as const),
];

/** The policy of a purpose, for code that serves them all. */
export function proofPolicy(purpose: ProofPurpose): ProofPolicy {
  return proofPolicies[purpose];
}
