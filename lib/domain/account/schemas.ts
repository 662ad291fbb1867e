import { z } from "zod";
import { deletionPhrase } from "@/lib/shared/deletion-phrase";

export const deletionSchema = z.object({
  confirmation: z
    .string()
    .trim()
    .toLowerCase()
    .refine((value) => value === deletionPhrase, `Type: ${deletionPhrase}`),
});
