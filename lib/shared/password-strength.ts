import { freeCharacters, repeatedPart } from "./password-shape";

/** Long enough to need no second factor (NIST SP 800-63B-4 section 3.1.1.2). */
export const minPasswordLength = 15;
export const maxPasswordLength = 256;

/** Characters as people count them: one for each code point. */
export function passwordLength(password: string): number {
  return [...password].length;
}

export const strengths = ["Too short", "Easy to guess", "Good", "Strong"] as const;

export type Strength = 0 | 1 | 2 | 3;

/** A rough idea of how hard a password is to guess, for its owner while typing. It decides nothing. */
export function passwordStrength(password: string): Strength {
  if (passwordLength(password) < minPasswordLength) return 0;
  const free = freeCharacters(repeatedPart(password));
  if (free < 9) return 1;
  return free < 18 ? 2 : 3;
}
