import { z } from "zod";

/** What somebody types who means it. */
export const deletionPhrase = "delete my account";

export const deletionSchema = z.object({
  confirmation: z
    .string()
    .trim()
    .toLowerCase()
    .refine((value) => value === deletionPhrase, `Type: ${deletionPhrase}`),
});
