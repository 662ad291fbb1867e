/** Why a new password is not taken, with the words for the person (NIST SP 800-63B-4 section 3.1.1.2 asks to tell). */
export const passwordRefusals = {
  common: "This is one of the passwords that are tried first, or nearly one. Choose another",
  breached: "This password was in a leak of some site, so attackers try it. Choose another",
  repeated: "This repeats a short part of itself. Choose something that is harder to foretell",
  sequence:
    "This runs along the alphabet, the digits or the keyboard. Choose something that is harder to foretell",
  context: "This is made of your own name or ours. Choose something that others would not try first",
} as const;

export type PasswordRefusal = keyof typeof passwordRefusals;
