import { z } from "zod";
import { isStorableText } from "./storable-text";

/** What a person wants to be called, as a form sends it; null when they left it empty. */
export const displayName = z
  .string()
  .trim()
  .max(200, "Use at most 200 characters")
  .refine(isStorableText, "Leave out the characters that cannot be seen")
  .transform((value) => (value === "" ? null : value));
